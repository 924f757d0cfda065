import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path/posix";
import { type Page, sitePath, titleOf } from "./page.ts";

/** Documents for one kind of reader. */
export interface Group {
  readonly title: string;
  /** Whom it is for, in a sentence or two. */
  readonly summary: string;
  /** The document to begin with. */
  readonly first: string;
  /** Documents and folders of the repository, in the order of the README. */
  readonly sources: readonly string[];
}

/** The headings of the README's list of documents, and what the site calls them, in the order of the site. */
const readers: Record<string, Omit<Group, "sources">> = {
  "For those who send": {
    title: "Send",
    summary: "You publish events, and manage the webhooks of your customers.",
    first: "docs/client.md",
  },
  "For those who receive": {
    title: "Receive",
    summary: "You get webhooks. Verify them, and handle duplicates.",
    first: "docs/verify.md",
  },
  "For those who operate it": {
    title: "Operate",
    summary: "You deploy Hookcast to AWS, and answer its alarms.",
    first: "docs/deploy.md",
  },
  "About the project": {
    title: "Maintain",
    summary: "You change Hookcast itself, or ask why it is as it is.",
    first: "CONTRIBUTING.md",
  },
};

/**
 * The documents by their readers, out of the README's section _Documents_, so that a new document is listed in one
 * place. Throws where that section has readers that the site does not know, or lacks some.
 */
export function readGroups(readme: string): Group[] {
  const section = /^## Documents$(.*?)^## /ms.exec(readme)?.[1] ?? "";
  const parts = section.split(/^(?=[A-Z][a-z ]+:$)/m).slice(1);
  const found = new Map(parts.map((part) => [part.slice(0, part.indexOf(":")), part]));
  const unknown = [...found.keys()].filter((heading) => !readers[heading]);
  const missing = Object.keys(readers).filter((heading) => !found.has(heading));
  if (unknown.length + missing.length > 0) {
    throw new Error(`the README's documents: unknown readers [${unknown}], missing [${missing}]`);
  }
  return Object.entries(readers).map(([heading, texts]) => ({
    ...texts,
    sources: linkedPaths(found.get(heading) ?? ""),
  }));
}

function linkedPaths(text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s#]+)/g)].map(([, path = ""]) => path);
  const own = links.filter((path) => !/^https?:/.test(path));
  return [...new Set(own.map((path) => normalize(path)))];
}

/** Every document of the repository. */
export function readDocuments(root: string): Page[] {
  const sources = globSync(["*.md", "{docs,examples,clients,packages}/**/*.md"], {
    cwd: root,
    exclude: (path) => path.includes("node_modules"),
  });
  return sources.sort().map((source) => {
    const markdown = readFileSync(join(root, source), "utf8");
    return { source, path: sitePath(source), title: titleOf(markdown), markdown };
  });
}

/** A page for a folder of documents that has no README: a list of them. */
export function folderPage(folder: string, title: string, documents: readonly Page[]): Page {
  const lines = documents
    .filter(({ source }) => source.startsWith(`${folder}/`))
    // Its links are those of a document beside the folder.
    .map((page) => `- [${page.title}](${relative(dirname(folder), page.source)})`);
  return {
    source: folder,
    path: `${sitePath(folder)}/`,
    title,
    markdown: `# ${title}\n\n${lines.join("\n")}\n`,
  };
}
