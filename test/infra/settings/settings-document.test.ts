import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSettings } from "../../../infra/settings/settings.ts";
import { otherSettings } from "./other-settings.ts";

const document = readFileSync(new URL("../../../docs/settings.md", import.meta.url), "utf8");

/** Each row of the tables: the setting, and its default as JSON, or a dash for none. */
const documented = document
  .split("\n")
  .map((line) => /^\| `(\w+)`/.test(line) && line.split("|").map((cell) => cell.trim()))
  .filter((cells) => cells !== false)
  .map(([, name = "", type, byDefault = "", meaning, change]) => ({
    name: name.replaceAll("`", ""),
    byDefault: byDefault === "—" ? undefined : JSON.parse(byDefault.replaceAll("`", "")),
    rest: [type, meaning, change],
  }));

test("the document lists every setting, each once, and nothing else", () => {
  const names = documented.map(({ name }) => name).sort();
  expect(names).toEqual(Object.keys(otherSettings).sort());
  expect(names).toEqual(expect.arrayContaining(Object.keys(readSettings({}))));
});

test.each(documented)("the document tells the default of $name", ({ name, byDefault }) => {
  const defaults: Record<string, unknown> = readSettings({});
  expect(byDefault).toEqual(defaults[name]);
});

test.each(documented)("it tells what $name means and when to change it", ({ rest }) => {
  for (const cell of rest) expect(cell).toMatch(/\S/);
});
