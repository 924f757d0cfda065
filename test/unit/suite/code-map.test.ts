import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../support/process/program.ts";

const text = readFileSync(join(root, "docs/code-map.md"), "utf8");
const [, questions = "", folders = ""] = text.split(/^## (?:Ten questions|The folders)$/m);
const rowsOf = (part: string) =>
  part.split("\n").filter((line) => /^\| (?!---|question|folder)/.test(line));
const linksOf = (row: string) =>
  [...row.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file = ""]) => file);

test("asks ten questions", () => {
  expect(rowsOf(questions)).toHaveLength(10);
});

test.each(rowsOf(questions))("is answered by two or three files that there are: %s", (row) => {
  const files = linksOf(row);
  expect(files.length).toBeGreaterThanOrEqual(2);
  expect(files.length).toBeLessThanOrEqual(3);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test("names every folder of shared/, and what else the product is made of", () => {
  const shared = readdirSync(join(root, "shared")).map((name) => `shared/${name}`);
  const all = [...shared, "functions", "infra", "local", "ops", "cli", "console", "portal", "test"];
  expect(
    all.filter((folder) => !rowsOf(folders).some((row) => row.includes(`\`${folder}\``))),
  ).toEqual([]);
});
