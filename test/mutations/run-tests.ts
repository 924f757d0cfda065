import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { startProgram } from "../support/process/program.ts";
import type { TestName } from "./read-mutations.ts";

/** Code that does not even load is `not run`: it proves nothing. */
export type Colour = "green" | "red" | "not run";

const Assertion = z.object({ title: z.string(), status: z.string() });
const Report = z.object({
  testResults: z.array(z.object({ name: z.string(), assertionResults: z.array(Assertion) })),
});

/** Runs tests and answers how each of them fared. */
export async function runTests(
  folder: string,
  tests: readonly TestName[],
): Promise<(test: TestName) => Colour> {
  const outputFile = join(tmpdir(), `hookcast-mutate-${randomUUID()}.json`);
  const files = [...new Set(tests.map(({ file }) => file))];
  const pattern = tests.map(({ title }) => title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const vitest = join(folder, "node_modules/vitest/vitest.mjs");
  const options = ["--reporter=json", `--outputFile=${outputFile}`, "--testTimeout=60000"];
  // Else the stack of the code before the patch would be tested.
  const { HOOKCAST_TEST_ASSEMBLY: _, ...env } = process.env;
  await using run = startProgram(
    process.execPath,
    [vitest, "run", ...files, "-t", pattern, ...options],
    { cwd: folder, env },
  );
  await run.exited;
  const text = await readFile(outputFile, "utf8").catch(() => '{"testResults":[]}');
  await rm(outputFile, { force: true });
  const { testResults } = Report.parse(JSON.parse(text));
  return ({ file, title }) => {
    const results = testResults.filter(({ name }) => name.endsWith(file));
    const named = results
      .flatMap(({ assertionResults }) => assertionResults)
      .filter((assertion) => assertion.title.includes(title));
    if (named.some(({ status }) => status === "failed")) return "red";
    return named.some(({ status }) => status === "passed") ? "green" : "not run";
  };
}
