import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/process/program.ts";

const text = readFileSync(join(root, "docs/threat-model.md"), "utf8");
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (---|threat )/.test(line));
const filesIn = (line: string) =>
  [...line.matchAll(/`(test\/[^`]+)`/g)].map(([, file = ""]) => file);

test("the threat model has rows to check", () => {
  expect(rows.length).toBeGreaterThan(20);
});

test.each(rows)("a threat names what stops it and the test that shows it: %s", (row) => {
  const cells = row.split("|").slice(1, -1);
  expect(cells).toHaveLength(3);
  expect(cells.every((cell) => cell.trim() !== "")).toBe(true);
  const files = filesIn(cells[2] ?? "");
  expect(files).not.toEqual([]);
  for (const file of files) {
    expect([file, existsSync(join(root, file))]).toEqual([file, true]);
    expect(readFileSync(join(root, file), "utf8")).toMatch(/^\s*test(\.\w+)?\(/m);
  }
});

test("every test of this folder shows something that the threat model tells of", () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.ts"));
  const untold = files.filter((name) => !text.includes(`test/security/${name}`));
  expect(untold).toEqual(["documents.test.ts"]);
});
