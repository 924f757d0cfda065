import { dirname, join } from "node:path/posix";
import type { Page } from "./page.ts";

export interface Links {
  /** Where a document, picture or source file of the repository is on the site. */
  pathTo(source: string, anchor?: string): string;
  /** A document's text with its links as they are on the site, and without comments. */
  rewrite(page: Page): string;
  /** What has been linked to and is no document: each needs a place on the site. */
  readonly pictures: ReadonlySet<string>;
  readonly listings: ReadonlySet<string>;
}

/** A block of code, a span of code, a comment, or a link or picture with its text and its target. */
const token =
  /^ *```.*?^ *```$|`[^`\n]+`|<!--.*?-->\n?|(!?\[(?:[^[\]`]|`[^`]*`)*\])\(([^)\s]+)\)/gms;

const isPicture = /\.(png|svg|jpe?g|gif)$/;

/** Makes links between documents, which work on GitHub, into links between pages. */
export function createLinks(pages: readonly Page[]): Links {
  const pictures = new Set<string>();
  const listings = new Set<string>();

  function pathTo(source: string, anchor?: string): string {
    const page = pageOf(source, anchor, pages);
    if (page) return `/${page.path}${isTop(page, anchor) ? "" : `#${anchor}`}`;
    const kind = isPicture.test(source) ? pictures : listings;
    kind.add(source);
    return kind === pictures ? `/${source}` : `/${listingPath(source)}`;
  }

  function rewritten(target: string, from: Page): string {
    if (/^[a-z]+:/.test(target)) return target;
    const [path = "", anchor] = target.split("#");
    const source = path === "" ? from.source : join(dirname(from.source), decodeURI(path));
    return pathTo(source.replace(/\/$/, ""), anchor);
  }

  return {
    pathTo,
    pictures,
    listings,
    rewrite: (page) =>
      page.markdown.replaceAll(token, (whole: string, text?: string, target?: string) => {
        if (whole.startsWith("<!--")) return "";
        const isLink = text !== undefined && target !== undefined;
        return isLink ? `${text}(${rewritten(target, page)})` : whole;
      }),
  };
}

/** The page of a document, or of a folder's README; of a document in parts, the one that has the anchor. */
function pageOf(source: string, anchor: string | undefined, pages: readonly Page[]) {
  const own = pages.filter(
    (page) => page.source === source || page.source === `${source}/README.md`,
  );
  if (anchor === undefined) return own[0];
  return own.find(({ anchors }) => !anchors || anchors.has(anchor));
}

/** The first anchor of a part is its title. */
function isTop({ anchors }: Page, anchor: string | undefined): boolean {
  return anchor === undefined || anchor === anchors?.values().next().value;
}

/** Where the listing of a file or of a folder is. Dots would pass for an extension. */
export function listingPath(source: string): string {
  return `source/${source.replace(/^\./, "").replaceAll(".", "-")}`;
}
