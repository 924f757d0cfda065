import { globSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path/posix";
import { listingPath } from "./links.ts";
import type { Page } from "./page.ts";

/** The languages that code is coloured by, where they are not the extension itself. */
const languages: Record<string, string> = { cjs: "js", mjs: "js", mod: "txt", patch: "diff" };

/** Neither code of ours nor worth a reader's time. */
const isLeftOut = /(^|\/)(node_modules\/|README\.md$|package-lock\.json$|go\.sum$)/;

/** A page that shows a source file that documents link to, or the files of a folder, as they are in this version. */
export function listingOf(root: string, source: string): Page {
  const isFolder = statSync(join(root, source)).isDirectory();
  const text = isFolder ? filesOf(root, source) : codeBlock(root, source);
  const markdown = `# ${source}\n\n${text}\n`;
  return { source, path: listingPath(source), title: source, markdown, isListing: true };
}

/** A folder's README with the files that stand beside it. */
export function withFiles(root: string, page: Page): Page {
  const folder = /^(examples\/.+)\/README\.md$/.exec(page.source)?.[1];
  if (folder === undefined) return page;
  return { ...page, markdown: `${page.markdown}\n${filesOf(root, folder)}\n` };
}

function filesOf(root: string, folder: string): string {
  return globSync("**/*", { cwd: join(root, folder) })
    .filter((file) => !isLeftOut.test(file) && statSync(join(root, folder, file)).isFile())
    .sort()
    .map((file) => `## ${file}\n\n${codeBlock(root, join(folder, file))}`)
    .join("\n\n");
}

function codeBlock(root: string, file: string): string {
  const extension = extname(file).slice(1);
  // Longer than any fence within.
  const fence = "``````";
  const text = readFileSync(join(root, file), "utf8").trimEnd();
  return `${fence}${languages[extension] ?? (extension || "txt")}\n${text}\n${fence}`;
}
