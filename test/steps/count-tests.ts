import { inspect } from "node:util";
import type { TestCase, TestModule } from "vitest/node";
import type { Finding, Tally } from "./tally.ts";

declare module "vitest" {
  interface TaskMeta {
    /** Why a test is expected to fail where it runs; it then counts as skipped. */
    knownGap?: string;
  }
}

/** What one run of Vitest has counted: each file by its path, and what failed outside of every test. */
export interface CountedRun {
  files: ReadonlyMap<string, Tally>;
  outside: Finding[];
}

const outsideEveryTest = "outside every test";

export function countTests(
  modules: readonly TestModule[],
  unhandledErrors: readonly unknown[],
): CountedRun {
  const errors = unhandledErrors.map((error) => ({ file: fileOf(error), reason: inspect(error) }));
  const reasonsIn = (file: string) => errors.filter((error) => error.file === file);
  const isElsewhere = ({ file }: { file: string }) => modules.every((one) => one.moduleId !== file);
  return {
    files: new Map(
      modules.map((module) => {
        const name = `${module.relativeModuleId} ${outsideEveryTest}`;
        const others = reasonsIn(module.moduleId).map(({ reason }) => ({ name, reason }));
        const tally = countFile(module);
        return [module.moduleId, { ...tally, failures: [...tally.failures, ...others] }];
      }),
    ),
    outside: errors.filter(isElsewhere).map(({ reason }) => ({ name: outsideEveryTest, reason })),
  };
}

/** The path that Vitest notes at an error that no test has caught; empty where it was in no file. */
function fileOf(error: unknown): string {
  const noted = error instanceof Object && "VITEST_TEST_PATH" in error && error.VITEST_TEST_PATH;
  return typeof noted === "string" ? noted : "";
}

function countFile(module: TestModule): Tally {
  const tests = [...module.children.allTests()];
  return {
    passed: tests.filter((test) => test.result().state === "passed" && !isSkipped(test)).length,
    failures: [
      ...tests.filter((test) => test.result().state === "failed").map(failure),
      ...brokenParts(module),
    ],
    skipped: tests.filter(isSkipped).map(skipReason),
    unsteady: [],
  };
}

/** A file that cannot be loaded has no tests to fail, and where a hook of a suite fails, its tests are only skipped. */
function brokenParts(module: TestModule): Finding[] {
  const suites = [...module.children.allSuites()].map((suite) => ({
    name: `${module.relativeModuleId} ${suite.fullName}`,
    errors: suite.errors(),
  }));
  return [{ name: module.relativeModuleId, errors: module.errors() }, ...suites].flatMap(
    ({ name, errors }) => errors.map(({ message }) => ({ name, reason: message })),
  );
}

function isSkipped(test: TestCase): boolean {
  const { state } = test.result();
  return state === "skipped" || (state === "passed" && test.meta().knownGap !== undefined);
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
