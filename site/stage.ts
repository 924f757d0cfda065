import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { openApiDocument } from "../shared/contract/openapi/document.ts";
import { folderPage, readDocuments, readGroups } from "./documents.ts";
import { homePage } from "./home.ts";
import { createLinks } from "./links.ts";
import { listingOf, withFiles } from "./listings.ts";
import { navigationOf } from "./navigation.ts";
import type { Page } from "./page.ts";
import { readReference } from "./reference.ts";

const api = "docs/api.md";
const forAgents = "docs/llms.txt";

/** Writes the pages of the site, and its navigation, into a folder that VitePress builds from. */
export function stagePages(root: string, folder: string): void {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const copy = (file: string, to: string) => cpSync(join(root, file), join(folder, "public", to));
  const writePage = (page: Page, text: string) => write(fileOf(page), frontMatter(page) + text);

  const documents = readDocuments(root);
  const reference = readReference(read(api));
  const groups = readGroups(read("README.md"));
  const pages = [
    ...documents.filter(({ source }) => source !== api).map((page) => withFiles(root, page)),
    folderPage("docs/adr", "Decisions", documents),
    ...reference.pages,
  ];
  const links = createLinks(pages);

  rmSync(folder, { recursive: true, force: true });
  for (const page of pages) writePage(page, links.rewrite(page));
  write("navigation.json", inJson(navigationOf(groups, pages, reference, links)));
  write("index.md", homePage(read("README.md"), groups, links));
  for (const source of links.listings) {
    const listing = listingOf(root, source);
    writePage(listing, listing.markdown);
  }
  for (const picture of links.pictures) copy(picture, picture);
  write("public/openapi.json", inJson(openApiDocument()));
  if (existsSync(join(root, forAgents))) copy(forAgents, "llms.txt");
}

function fileOf({ path }: Page): string {
  return `${path.endsWith("/") ? `${path}index` : path}.md`;
}

/** YAML that is JSON as well. */
function frontMatter({ title, source, isListing }: Page): string {
  const values = { title, source, ...(isListing && { search: false, outline: false }) };
  return `---\n${JSON.stringify(values)}\n---\n\n`;
}

function inJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
