import { anchorOf, type Page } from "./page.ts";

/** A tag of the API, with the pages of its operations. */
export interface OperationGroup {
  readonly title: string;
  readonly operations: readonly Page[];
}

export interface Reference {
  readonly pages: readonly Page[];
  readonly groups: readonly OperationGroup[];
}

const source = "docs/api.md";

/**
 * The API reference, a page an operation, out of docs/api.md, which is generated from the OpenAPI document and compared
 * with it by a test. What is about all operations is the first page, and what several of them share is on `objects`.
 */
export function readReference(markdown: string): Reference {
  const [introduction = "", ...chapters] = markdown.split(/^(?=## )/m);
  const general: string[] = [introduction];
  const groups: OperationGroup[] = [];
  let objects: Page | undefined;
  for (const chapter of chapters) {
    const [opening = "", ...sections] = chapter.split(/^(?=### )/m);
    const title = headingOf(opening);
    if (title === "Objects") {
      objects = page("api/objects", title, chapter.replace(/^#(#+ )/gm, "$1"));
    } else if (sections.length === 0) {
      general.push(opening);
    } else {
      general.push(opening);
      groups.push({ title, operations: sections.map(operationPage) });
    }
  }
  if (!objects) throw new Error(`${source} has no chapter "Objects"`);
  const first = page("api/", "API reference", general.join(""));
  return { pages: [first, ...groups.flatMap(({ operations }) => operations), objects], groups };
}

function operationPage(section: string): Page {
  const name = headingOf(section);
  return page(`api/${name}`, name, section.replace(/^### /, "# "));
}

function page(path: string, title: string, markdown: string): Page {
  const headings = [...withoutCode(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)];
  const anchors = new Set(headings.map(([, heading = ""]) => anchorOf(heading)));
  return { source, path, title, markdown, anchors };
}

function headingOf(section: string): string {
  return /^#+ +(.+)$/m.exec(section)?.[1] ?? "";
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```$/gms, "");
}
