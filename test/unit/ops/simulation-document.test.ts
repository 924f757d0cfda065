import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { simulationDocument } from "../../../ops/simulate/report/document.ts";
import { root } from "../../support/process/program.ts";

const document = readFileSync(join(root, "docs/simulation.md"), "utf8");

test("the page of the simulation has the paragraphs that the program writes", () => {
  const blocks = simulationDocument([], []).split("\n\n");
  const paragraphs = blocks.filter((block) => /^[A-Z_`]/.test(block));
  expect(paragraphs).toHaveLength(3);
  for (const paragraph of paragraphs) expect(document).toContain(paragraph.trim());
});

test("no line of it is wider than 120 characters, unless it is a table's", () => {
  const lines = document.split("\n").filter((line) => !line.startsWith("|"));
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
});
