import type { Group } from "./documents.ts";
import type { Links } from "./links.ts";
import type { Page } from "./page.ts";
import type { Reference } from "./reference.ts";

/** An entry of VitePress's bar at the side. */
interface Item {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly Item[];
}

/** What the site's configuration reads. */
export interface Navigation {
  readonly top: readonly Item[];
  /** By the beginning of the path of the pages beside which it stands. */
  readonly sides: Readonly<Record<string, readonly Item[]>>;
}

const api = "docs/api.md";

export function navigationOf(
  groups: readonly Group[],
  pages: readonly Page[],
  { groups: tags, pages: reference }: Reference,
  links: Links,
): Navigation {
  // Of a document in parts, the first one stands for it.
  const pageOf = (source: string) => pages.find((page) => page.source === source);
  const itemOf = (source: string): Item => {
    const page = pageOf(source) ?? pageOf(`${source}/README.md`);
    const link = links.pathTo(source);
    const items = page?.source === source ? documentsBelow(source) : [];
    const text = page?.title ?? source;
    return items.length === 0 ? { text, link } : { text, link, collapsed: true, items };
  };
  const documentsBelow = (folder: string): Item[] =>
    pages
      .filter(({ source }) => source.startsWith(`${folder}/`) && source.endsWith(".md"))
      .map(({ title, path }) => ({ text: title, link: `/${path}` }));

  const start = [
    { text: "Get started", link: links.pathTo("README.md") },
    itemOf("docs/glossary.md"),
  ];
  const general = groups.map(({ title, sources }) => ({
    text: title,
    items: sources.map(itemOf),
  }));
  const objects = reference.at(-1);
  return {
    top: [
      { text: "Get started", link: links.pathTo("README.md") },
      { text: "API reference", link: links.pathTo(api) },
      ...groups.map(({ title, sources }) => ({ text: title, items: sources.map(itemOf) })),
    ],
    sides: {
      "/api/": [
        { text: "API reference", link: links.pathTo(api) },
        ...tags.map(({ title, operations }) => ({
          text: title,
          items: operations.map((page) => ({ text: page.title, link: `/${page.path}` })),
        })),
        ...(objects ? [{ text: objects.title, link: `/${objects.path}` }] : []),
        { text: "All documents", link: links.pathTo("README.md", "documents") },
      ],
      "/": [{ text: "Start", items: start }, ...general],
    },
  };
}
