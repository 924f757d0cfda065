import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../support/process/program.ts";

const documents = globSync(["*.md", "docs/**/*.md", "examples/**/*.md"], {
  cwd: root,
  exclude: (path) => path.includes("node_modules"),
});

/** What a reader pastes into a shell: blocks that say so, and those that say nothing. */
function shellBlocksOf(document: string): string[] {
  const fence = /^( *)```(\w*)\n(.*?)^\1```$/gms;
  return [...readFileSync(join(root, document), "utf8").matchAll(fence)].flatMap(
    ([, , language = "", block = ""]) =>
      ["", "bash", "sh", "text"].includes(language) ? [block] : [],
  );
}

/** The parts of a line that stand in no quotes. */
function outsideQuotes(line: string): string {
  return line.replaceAll(/'[^']*'|"(\\.|[^"\\])*"/g, '""');
}

test.each(documents)(
  "%s has no command with a comment, which zsh takes for words of it",
  (document) => {
    const commented = shellBlocksOf(document)
      .flatMap((block) => block.split("\n"))
      .filter((line) => /(^|\s)#/.test(outsideQuotes(line)));
    expect(commented).toEqual([]);
  },
);

test("there are commands to look at", () => {
  expect(documents.flatMap(shellBlocksOf).length).toBeGreaterThan(50);
});
