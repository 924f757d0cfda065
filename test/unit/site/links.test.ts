import { expect, test } from "vitest";
import { createLinks } from "../../../site/links.ts";
import type { Page } from "../../../site/page.ts";

const page = (source: string, path: string, markdown = "", anchors?: string[]): Page => ({
  ...{ source, path, title: path, markdown },
  ...(anchors && { anchors: new Set(anchors) }),
});

const pages = [
  page("README.md", "start"),
  page("docs/verify.md", "verify"),
  page("docs/api.md", "api/", "", ["api", "refusals"]),
  page("docs/api.md", "api/publish", "", ["publish"]),
  page("examples/go/README.md", "examples/go/"),
];

function rewritten(markdown: string, source = "docs/retries.md") {
  const links = createLinks(pages);
  return { text: links.rewrite(page(source, "retries", markdown)), ...links };
}

test.for([
  ["[a](verify.md)", "[a](/verify)"],
  ["[a](verify.md#rotation)", "[a](/verify#rotation)"],
  ["[a](../README.md#tour)", "[a](/start#tour)"],
  ["[a](../examples/go)", "[a](/examples/go/)"],
  ["[`code` and\nmore](verify.md)", "[`code` and\nmore](/verify)"],
  ["[a](api.md)", "[a](/api/)"],
  ["[a](api.md#publish)", "[a](/api/publish)"],
  ["[a](api.md#refusals)", "[a](/api/#refusals)"],
  ["[a](https://example.com/verify.md)", "[a](https://example.com/verify.md)"],
] as const)("a link of GitHub, %j, is on the site %j", ([markdown, expected]) => {
  expect(rewritten(markdown).text).toBe(expected);
});

test("code stays as it is, and comments are left out", () => {
  const code = "`[a](verify.md)`\n\n```md\n[a](verify.md)\n```\n";
  expect(rewritten(`<!-- a note -->\n${code}`).text).toBe(code);
});

test("what is no document gets a listing or is a picture", () => {
  const { text, listings, pictures } = rewritten(
    "[a](../shared/store/keys.ts) [b](../.vscode/launch.json) ![c](console.png)",
  );
  expect(text).toBe(
    "[a](/source/shared/store/keys-ts) [b](/source/vscode/launch-json) ![c](/docs/console.png)",
  );
  expect([...listings]).toEqual(["shared/store/keys.ts", ".vscode/launch.json"]);
  expect([...pictures]).toEqual(["docs/console.png"]);
});
