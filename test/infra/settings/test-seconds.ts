import { markdownTable } from "../../bench/markdown-table.ts";
import { otherSettings } from "./other-settings.ts";
import { testedBy } from "./tested-by.ts";

const heading = "## What each setting costs while idle\n";
const lastColumn = "seconds of tests";
// The keys are those of the settings.
const settingNames = Object.keys(otherSettings) as (keyof typeof otherSettings)[];

/** docs/deploy.md with the last column of its table of settings written anew, and rows for settings that only have tests. */
export function withTestSeconds(page: string, seconds: Readonly<Record<string, number>>): string {
  const start = page.indexOf("| setting", page.indexOf(heading));
  const end = page.indexOf("\n\n", start);
  const [head = [], , ...rows] = page.slice(start, end).split("\n").map(cellsOf);
  const known = new Map(rows.map((cells) => [settingIn(cells[0] ?? ""), cells]));
  const written = settingNames
    .filter((name) => known.has(name) || testedBy[name])
    .map((name) => [
      ...(known.get(name) ?? [`\`${name}\``, "0.00", "0.00", "0"]).slice(0, 4),
      String(seconds[name] ?? 0),
    ]);
  const table = markdownTable([...head.slice(0, 4), lastColumn], written);
  return page.slice(0, start) + table + page.slice(end);
}

/** The setting that a row is about: its cell may have the value as well. */
export function settingIn(cell: string): string {
  return /`(\w+)`/.exec(cell)?.[1] ?? cell;
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}
