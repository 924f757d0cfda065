import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../support/process/program.ts";
import { codeBlocks, readDocument } from "../../system/documents/code-blocks.ts";

const document = readDocument("docs/portal.md");
const read = (name: string) => readFileSync(join(root, "examples", name), "utf8");
/** The tests of browsers run these. */
const examples = ["server.js", "page.js"].map((file) => read(`portal-plain/${file}`));

test("every program of the document is a part of an example that runs", () => {
  const blocks = [...codeBlocks(document, "js"), ...codeBlocks(document, "jsx")];
  expect(blocks.length).toBe(3);
  const programs = [...examples, read("portal-react/portal.jsx")];
  for (const block of blocks) {
    expect([block, programs.some((program) => program.includes(block))]).toEqual([block, true]);
  }
});
