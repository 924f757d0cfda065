import { readFileSync } from "node:fs";
import { anchorOf } from "../page.ts";

const { GITHUB_REPOSITORY, GITHUB_SERVER_URL = "https://github.com", SITE_BASE } = process.env;
const repository = GITHUB_REPOSITORY && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`;
const navigation = JSON.parse(
  readFileSync(new URL("../.pages/navigation.json", import.meta.url), "utf8"),
);
const mark =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%234f46e5'/%3E%3Cpath d='M8 6v6a4 4 0 0 0 8 0V9m-3 3 3-3 3 3' fill='none' stroke='%23fff' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

interface MarkdownIt {
  renderer: { render(...given: unknown[]): string };
}

export default {
  srcDir: ".pages",
  outDir: "dist",
  base: SITE_BASE || "/",
  lang: "en-GB",
  title: "Hookcast",
  description:
    "Signed webhooks from your own AWS account: retried for three days, logged, replayable.",
  cleanUrls: true,
  head: [["link", { rel: "icon", href: mark }]],
  markdown: {
    // Documents have no HTML; what looks like it is text.
    html: false,
    // The anchors of GitHub, which the documents' links are made for.
    anchor: { slugify: anchorOf },
    // Vue, which compiles pages, would take two braces for an expression.
    config: (md: MarkdownIt) => {
      const render = md.renderer.render.bind(md.renderer);
      md.renderer.render = (...given) => render(...given).replaceAll("{{", "&#123;&#123;");
    },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  themeConfig: {
    logo: { src: mark, alt: "" },
    search: { provider: "local" },
    nav: [...navigation.top, ...(repository ? [{ text: "GitHub", link: repository }] : [])],
    sidebar: navigation.sides,
    outline: [2, 3],
    ...(repository && {
      editLink: {
        pattern: ({ frontmatter }: { frontmatter: { source?: string } }) =>
          `${repository}/blob/HEAD/${frontmatter.source ?? "README.md"}`,
        text: "This page on GitHub",
      },
    }),
  },
};
