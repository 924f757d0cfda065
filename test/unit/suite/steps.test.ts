import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { runInOrder, runTogether, timeLines } from "../../steps/steps.ts";
import { addTally, writeTally } from "../../steps/tally-file.ts";

const passed = { passed: 1, failures: [], skipped: [], unsteady: [] };

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "hookcast-tally-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "tally.json");
}

test("a step that throws has failed, and the next one runs", async () => {
  vi.spyOn(console, "log").mockReturnValue();
  onTestFinished(() => void vi.restoreAllMocks());
  const failing = () => Promise.reject(new Error("no emulator"));
  const results = await runInOrder([
    { name: "one", run: failing },
    { name: "two", run: async () => passed },
  ]);
  expect(results.map(({ tally }) => [tally.passed, tally.failures.length])).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test("parts that run together are all counted", async () => {
  vi.spyOn(console, "log").mockReturnValue();
  onTestFinished(() => void vi.restoreAllMocks());
  const parts = Array.from({ length: 7 }, (_, index) => ({
    name: String(index),
    run: async () => passed,
  }));
  expect(await runTogether(parts)).toHaveLength(7);
});

test("tells how long each step took and all of them", () => {
  const results = [
    { name: "one", tally: passed, seconds: 61.4 },
    { name: "two", tally: passed, seconds: 3 },
  ];
  expect(timeLines(results)).toEqual(["   61 s  one", "    3 s  two", "   64 s  all"]);
});

test("counts what an earlier run has left, what was unsteady too", () => {
  const file = temporaryFile();
  const failures = [{ name: "a", reason: "b" }];
  const unsteady = [{ name: "c", reason: "timed out" }];
  writeTally(file, { passed: 40, failures, skipped: [], unsteady });
  expect(addTally(file, passed)).toEqual({ passed: 41, failures, skipped: [], unsteady });
});

test("an earlier run that left nothing has failed", () => {
  expect(addTally(temporaryFile(), passed)).toMatchObject({ passed: 1, failures: [{}] });
});
