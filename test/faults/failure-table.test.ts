import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { failureTable, openRows } from "./failure-table.ts";

const rows = Object.keys(failureTable);
const tested = new Set(await rowsWithTests());

test("every row of the failure table has a test, or says why not", () => {
  for (const [row, reason] of Object.entries(openRows)) console.log(`no test: ${row}: ${reason}`);
  expect(rows.filter((row) => !tested.has(row) && !(row in openRows))).toEqual([]);
});

test("no row that has a test is listed as open", () => {
  expect(Object.keys(openRows).filter((row) => tested.has(row) || !rows.includes(row))).toEqual([]);
});

test("no test names a row that the table lacks", () => {
  expect([...tested].filter((row) => !rows.includes(row))).toEqual([]);
});

/** The rows that titles of tests name; a test that is skipped covers none. */
async function rowsWithTests(): Promise<string[]> {
  const files = await readdir(import.meta.dirname, { recursive: true });
  const texts = await Promise.all(
    files
      .filter((file) => file.endsWith(".test.ts") && file !== "failure-table.test.ts")
      .map((file) => readFile(join(import.meta.dirname, file), "utf8")),
  );
  // A call of `test`, perhaps with `.each(…)` or `.concurrent`, and its title.
  const title = /(?<!\.(?:skip|todo)\S*)\(\s*"\[row: ([^\]]+)\]/g;
  return texts.flatMap((text) => [...text.matchAll(title)].map(([, row = ""]) => row));
}
