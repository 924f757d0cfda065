/** A page of the site, made of one of the repository's documents or of a part of it. */
export interface Page {
  /** The document in the repository, by which links name it. */
  readonly source: string;
  /** Where it is on the site, without an extension: `verify`, `api/publish`, `adr/0001-own-sqs-engine`. */
  readonly path: string;
  readonly title: string;
  /** The document's text, with links as they are on GitHub. */
  readonly markdown: string;
  /** The anchors that lead here, if the page is a part of its document; otherwise all of them do. */
  readonly anchors?: ReadonlySet<string>;
  /** A listing of source code, which the search leaves out. */
  readonly isListing?: boolean;
}

/** The anchor of a heading, as GitHub makes it: lower case, without marks. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
    .replaceAll(" ", "-");
}

/** The text of a document's title, without marks of code. */
export function titleOf(markdown: string): string {
  return (/^# +(.+?) *$/m.exec(markdown)?.[1] ?? "").replaceAll("`", "");
}

/** `docs/verify.md` → `verify`, `README.md` → `start`, `examples/go/README.md` → `examples/go/`. */
export function sitePath(source: string): string {
  if (source === "README.md") return "start";
  return source
    .replace(/^docs\//, "")
    .replace(/\.md$/, "")
    .replace(/(^|\/)README$/, "$1")
    .replace(/^[A-Z]+$/, (name) => name.toLowerCase());
}
