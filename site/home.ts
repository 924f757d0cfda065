import type { Group } from "./documents.ts";
import type { Links } from "./links.ts";

/** The first page, out of the README's first words: what Hookcast is, and where each kind of reader begins. */
export function homePage(readme: string, groups: readonly Group[], links: Links): string {
  const [, name = "", tagline = ""] = /^# (.+)\n+((?:.+\n)+)/m.exec(readme) ?? [];
  const page = {
    layout: "home",
    hero: {
      name,
      text: "Webhooks in your own AWS account",
      tagline: tagline.replaceAll("\n", " ").trim(),
      actions: [
        {
          theme: "brand",
          text: "Two minutes to a delivery",
          link: links.pathTo("README.md", "tour"),
        },
        { theme: "alt", text: "API reference", link: links.pathTo("docs/api.md") },
      ],
    },
    features: groups.map(({ title, summary, first }) => ({
      title,
      details: summary,
      link: links.pathTo(first),
    })),
  };
  const [, alternative = "", picture = ""] = /!\[(.+?)\]\((.+?)\)/.exec(readme) ?? [];
  // YAML that is JSON as well.
  const frontMatter = `---\n${JSON.stringify(page, undefined, 2)}\n---\n`;
  return `${frontMatter}\n![${alternative}](${links.pathTo(picture)})\n`;
}
