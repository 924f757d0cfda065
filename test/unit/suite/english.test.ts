import { expect, test } from "vitest";
import { faultsIn } from "./english/lint.ts";
import { unknownWordsIn } from "./english/spelling.ts";
import { documents, programTexts, type Text } from "./english/texts.ts";

const pages = documents();
const texts = programTexts();

test.for(pages.map((page) => [page.path, page] as const))(
  "%s is plain English: short, active, without words to avoid",
  async ([, page]) => {
    expect(await faultsIn(page)).toEqual([]);
  },
);

test("so is what the CLI, the API, the console and the programs for operators say", async () => {
  expect(texts.length).toBeGreaterThan(500);
  expect((await Promise.all(texts.map(faultsIn))).flat()).toEqual([]);
});

test("every word of them is in the dictionary, or in words.txt", () => {
  const unknown = [...pages, ...texts].flatMap(({ path, line, value }) =>
    unknownWordsIn(value).map((word) => `${path}:${line} ${word}`),
  );
  expect(unknown).toEqual([]);
});

test.for([
  ["long-sentence", `It says ${"much ".repeat(30)}.`],
  ["passive-chain", "It is made, was sent and has been kept."],
  ["avoided-words", "It is ten unless told otherwise."],
  ["avoided-words", "A row in place of two."],
  ["inversion", "Only then is the key revoked."],
  ["inversion", "Who moves the code moves the patch along."],
] as const)("the rules find a fault of %s in: %s", async ([rule, value]) => {
  const page: Text = { path: "page.md", line: 1, value };
  expect(await faultsIn(page)).toEqual([expect.stringContaining(`page.md:1 ${rule}: `)]);
});

test("the rules leave code, tables of values and plain sentences alone", async () => {
  const value = "It runs `one unless told otherwise`.\n\n| a | b |\n| - | - |\n| 1 | `x` |\n";
  expect(await faultsIn({ path: "page.md", line: 1, value })).toEqual([]);
});

test.for([
  ["A mispelled word", ["mispelled"]],
  ["`mispelled` code, putWebhook and docs/mispelled.md", []],
  ["American behavior", ["behavior"]],
] as const)("the dictionary finds in %j: %j", ([text, words]) => {
  expect(unknownWordsIn(text)).toEqual(words);
});
