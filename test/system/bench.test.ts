import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { startFile } from "../support/process/program.ts";

const Result = z.looseObject({
  goals: z.array(z.object({ what: z.string(), figure: z.number(), isMet: z.boolean() })),
});

const Comparison = z.object({
  commit: z.string().check(z.regex(/^[0-9a-f]{40}$/)),
  turns: z.array(
    z.record(z.enum(["here", "there"]), z.record(z.string(), z.number().check(z.positive()))),
  ),
  machine: z.unknown(),
  here: z.string(),
});

/** Half a minute on an idle machine, and as long again for a comparison. */
const timeoutMs = 600_000;
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

  expect(goals.length).toBeGreaterThanOrEqual(20);
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

test(
  "compares this checkout with a commit, by turns",
  async () => {
    const args = ["--against", "HEAD", "--quick", "--output", output];
    await using bench = startFile("test/bench/bench.ts", args);
    expect(await bench.exited, bench.stderr()).toBe(0);

    const { turns } = z.parse(
      Comparison,
      JSON.parse(await readFile(join(output, "against.json"), "utf8")),
    );
    expect(turns).toHaveLength(1);
    expect(bench.stdout()).toMatch(
      /^\| deliveries\/s, fan-out 50 .*at least 1\.40 \| +(met|\*\*missed\*\*) \|$/m,
    );
    expect(bench.stdout()).not.toMatch(/NaN|undefined|Infinity/);
    expect(bench.stderr()).toMatch(/turn 1 of 1, this checkout/);
  },
  timeoutMs,
);

test("tells that a commit to compare with is unknown", async () => {
  await using bench = startFile("test/bench/bench.ts", ["--against", "no-such-commit"]);

  expect(await bench.exited).toBe(2);
  expect(bench.stderr()).toBe(
    "--against no-such-commit: this repository has no such commit. " +
      "A shallow clone gets it by git fetch --unshallow.\n",
  );
});
