/** docs/llms.txt: what Hookcast is and where to read on, for agents (llmstxt.org), out of the README. */
export function llmsText(readme: string): string {
  const [, first = ""] = /^# Hookcast\n\n(.*?)\n\n/s.exec(readme) ?? [];
  const [, list = ""] = /^## Documents\n(.*?)^## /ms.exec(readme) ?? [];
  if (!first || !list.includes("\n- ")) throw new Error("README.md has no list of documents");
  const sections = list
    .split(/^(?=\S.*:\n\n- )/m)
    .slice(1)
    .map((section) => section.trim().replace(/^(.*):\n/, "## $1\n"));
  return `# Hookcast

<!-- Written by npm run docs:api out of the README. A test compares. -->

> ${first.replaceAll("\n", " ")}

${sections.map(fromDocs).join("\n\n")}
`;
}

/** Links lead from docs/ on, and each entry of the list is a line. */
function fromDocs(text: string): string {
  return text
    .replaceAll(/\n {2}/g, " ")
    .replaceAll(/\]\((?!https?:)([^)]+)\)/g, (_, path: string) =>
      path.startsWith("docs/") ? `](${path.slice("docs/".length)})` : `](../${path})`,
    );
}
