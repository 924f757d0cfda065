import { fork } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Tally } from "../../steps/tally.ts";
import { receiveTally } from "../../steps/tally-message.ts";
import { root } from "../../support/process/program.ts";

const folder = mkdtempSync(join(tmpdir(), "hookcast-vitest-step-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));

const start = `import { existsSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
const isAgain = existsSync(import.meta.filename + ".ran");
writeFileSync(import.meta.filename + ".ran", "");
`;
const files: Record<string, string> = {
  "vitest.config.ts": `export default { test: { root: ${JSON.stringify(folder)}, projects: [
    { test: { name: "sample", root: ${JSON.stringify(folder)}, maxWorkers: 2 } },
  ] } };`,
  "steady.test.ts": `${start}test("passes", () => expect(isAgain).toBe(false));`,
  "unlucky.test.ts": `${start}test("passes", () => {});
test("fails once", () => expect(isAgain, "the first time").toBe(true));`,
  "hook.test.ts": `${start}describe("a suite", () => {
  beforeAll(() => { if (!isAgain) throw new Error("the hook has failed"); });
  test("waits for its hook", () => {});
});`,
  "stray.test.ts": `${start}test("leaves a rejection", async () => {
  if (!isAgain) Promise.reject(new Error("nobody waits"));
  await new Promise(setImmediate);
});`,
  "run.mjs": `const { runVitest } = await import(${JSON.stringify(join(root, "test/steps/vitest-step.ts"))});
const [secondTry, ...files] = process.argv.slice(2);
const options = { config: "vitest.config.ts", secondTry: secondTry === "second", files };
process.send(await runVitest(["sample"], options), () => process.exit(0));`,
};

/** Runs the sample files that are named, in a process of their own: no run can start in another. */
async function run(times: "once" | "second", names: readonly string[]): Promise<Tally> {
  for (const name of names) rmSync(join(folder, `${name}.test.ts.ran`), { force: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const chosen = names.map((name) => join(folder, `${name}.test.ts`));
  const child = fork(join(folder, "run.mjs"), [times, ...chosen], { cwd: folder, silent: true });
  return await receiveTally(child, "the sample");
}

const failing = ["hook", "stray", "unlucky"];

test("only the files that failed run again, and what failed in them is told", async () => {
  const { unsteady, ...counted } = await run("second", ["steady", ...failing]);
  expect(counted).toEqual({ passed: 5, failures: [], skipped: [] });
  expect(unsteady.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: "hook.test.ts a suite", reason: "the hook has failed" },
    {
      name: "stray.test.ts outside every test",
      reason: expect.stringContaining("nobody waits"),
    },
    {
      name: "unlucky.test.ts fails once",
      reason: expect.stringContaining("the first time"),
    },
  ]);
});

test("without a second try each is a failure, the hook of a suite and a stray rejection too", async () => {
  const { failures, unsteady } = await run("once", failing);
  expect(failures.map(({ name }) => name).sort()).toEqual([
    "hook.test.ts a suite",
    "stray.test.ts outside every test",
    "unlucky.test.ts fails once",
  ]);
  expect(unsteady).toEqual([]);
});
