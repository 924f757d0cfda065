import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documents } from "../../support/documents.ts";
import { root } from "../../support/process/program.ts";
import { excused, typed } from "./typed-documents.ts";

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

test.for(documents)(
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

const withCommands = documents.filter((document) =>
  /^ *```(ba)?sh$/m.test(readFileSync(join(root, document), "utf8")),
);

test.for(withCommands)("the commands of %s are typed by a test", (document, { skip }) => {
  const reason = excused[document];
  const file = typed[document];
  expect([reason, file].filter(Boolean), "typed-documents.ts has it once").toHaveLength(1);
  if (file === undefined) return skip(reason);
  expect(existsSync(join(root, file)), file).toBe(true);
  const name = document.split("/").slice(document.endsWith("README.md") ? -2 : -1)[0] ?? "";
  expect(readFileSync(join(root, file), "utf8"), `${file} names ${document}`).toContain(name);
});

test("the list of typed documents has no other", () => {
  const listed = [...Object.keys(typed), ...Object.keys(excused)];
  expect(listed.filter((document) => !withCommands.includes(document))).toEqual([]);
});
