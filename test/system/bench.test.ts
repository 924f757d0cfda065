import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { startFile } from "../support/process/program.ts";

const Result = z.looseObject({
  goals: z.array(z.object({ what: z.string(), figure: z.number(), isMet: z.boolean() })),
});

/** Half a minute on an idle machine. */
const timeoutMs = 300_000;
let output: string;
let stdout: string;

beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), "hookcast-bench-output-"));
  await using bench = startFile("test/bench/bench.ts", ["--quick", "--output", output]);
  if ((await bench.exited) !== 0) throw new Error(bench.stderr());
  stdout = bench.stdout();
}, timeoutMs);

afterAll(() => rm(output, { recursive: true, force: true }));

test("measures every goal and tells a verdict for each", async () => {
  const { goals } = z.parse(Result, JSON.parse(await readFile(join(output, "bench.json"), "utf8")));

  expect(goals).toHaveLength(17);
  for (const { what, isMet } of goals) {
    expect(stdout).toMatch(
      new RegExp(`^\\| ${what} .*\\| +${isMet ? "met" : "\\*\\*missed\\*\\*"} \\|$`, "m"),
    );
  }
});

const sections = [
  ...[
    "Publishing",
    "End to end",
    "Beside a dead webhook",
    "Beside dead names",
    "CPU",
    "Starts and memory",
  ],
  "Calls, units and dollars",
];

test.each(sections)("fills every row of the section %s", async (heading) => {
  const report = await readFile(join(output, "bench.md"), "utf8");
  const section = report.split(`### ${heading}\n`)[1]?.split("\n### ")[0] ?? "";

  expect(section).toMatch(/^\| .*\d/m);
  expect(section).not.toMatch(/NaN|undefined|Infinity/);
});
