import { availableParallelism } from "node:os";
import { inspect } from "node:util";
import { startVitest, type TestCase, type TestModule } from "vitest/node";
import { addDurations } from "./durations.ts";
import type { Finding, Tally } from "./tally.ts";

declare module "vitest" {
  interface TaskMeta {
    /** Why a test is expected to fail where it runs; it then counts as skipped. */
    knownGap?: string;
  }
}

interface VitestOptions {
  config?: string;
  /** Run alone, of all that the projects have. */
  files?: readonly string[];
  /** Whether each file has a process of its own, as is usual; where they share some, there is one for each core. */
  isolate?: boolean;
}

/** For files that share processes. */
const together = {
  // Otherwise one core is left to others, which is half of a small machine.
  maxWorkers: availableParallelism(),
  // Node imports the files itself, in a sixth less time. It knows no `vi.mock` and no `vi.resetModules`.
  experimental: { viteModuleRunner: false, nodeLoader: false },
};

/** Runs the tests of these vitest projects and counts them. */
export async function runVitest(
  projects: string[],
  { config, files = [], isolate = true }: VitestOptions = {},
): Promise<Tally> {
  let tally: Tally | undefined;
  const counter = {
    onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]) {
      tally = countTests(modules, unhandledErrors);
      addDurations(modules);
    },
  };
  const vitest = await startVitest("test", [...files], {
    ...(config && { config }),
    isolate,
    ...(!isolate && together),
    project: projects,
    watch: false,
    passWithNoTests: true,
    reporters: ["default", counter],
  });
  await vitest.close();
  if (!tally) throw new Error(`vitest ended without a result for ${projects.join(", ")}`);
  return tally;
}

function countTests(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): Tally {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  // A file that cannot be loaded has no tests to fail, and an error outside every test fails none.
  const brokenFiles = modules.flatMap((module) =>
    module.errors().map(({ message }) => ({ name: module.relativeModuleId, reason: message })),
  );
  const isSkipped = (test: TestCase) =>
    test.result().state === "skipped" ||
    (test.result().state === "passed" && test.meta().knownGap !== undefined);
  return {
    passed: tests.filter((test) => test.result().state === "passed" && !isSkipped(test)).length,
    failures: [
      ...tests.filter((test) => test.result().state === "failed").map(failure),
      ...brokenFiles,
      ...unhandledErrors.map((error) => ({ name: "outside every test", reason: inspect(error) })),
    ],
    skipped: tests.filter(isSkipped).map(skipReason),
  };
}

function failure(test: TestCase): Finding {
  const errors = test.result().errors ?? [];
  return { name: nameOf(test), reason: errors.map(({ message }) => message).join("\n") };
}

function skipReason(test: TestCase): Finding {
  const result = test.result();
  const note = result.state === "skipped" ? result.note : undefined;
  return {
    name: nameOf(test),
    reason: note ?? test.meta().knownGap ?? "no reason given",
  };
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId} ${test.fullName}`;
}
