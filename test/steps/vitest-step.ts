import { availableParallelism } from "node:os";
import { startVitest, type TestModule } from "vitest/node";
import { type CountedRun, countTests } from "./count-tests.ts";
import { addDurations } from "./durations.ts";
import { sumRun, trySecondTime } from "./second-try.ts";
import type { Tally } from "./tally.ts";

interface VitestOptions {
  config?: string;
  /** Run alone, of all that the projects have. */
  files?: readonly string[];
  /** Whether each file has a process of its own, as is usual; where they share some, there is one for each core. */
  isolate?: boolean;
  /** Whether files that fail run once more, because they time processes on a machine that others may use. */
  secondTry?: boolean;
}

/** For files that share processes. */
const together = {
  // Otherwise one core is left to others, which is half of a small machine.
  maxWorkers: availableParallelism(),
  // Node imports the files itself, in a sixth less time. It knows no `vi.mock` and no `vi.resetModules`.
  experimental: { viteModuleRunner: false, nodeLoader: false },
};

const alone = { fileParallelism: false, maxWorkers: 1 };

/** Runs the tests of these vitest projects and counts them. */
export async function runVitest(projects: string[], options: VitestOptions = {}): Promise<Tally> {
  const { config, files = [], isolate = true, secondTry = false } = options;
  const first = await startOnce(projects, config, files, {
    isolate,
    ...(!isolate && together),
  });
  if (!secondTry) return sumRun(first);
  return await trySecondTime(first, (failed) => startOnce(projects, config, failed, alone));
}

async function startOnce(
  projects: string[],
  config: string | undefined,
  files: readonly string[],
  options: Parameters<typeof startVitest>[2],
): Promise<CountedRun> {
  let counted: CountedRun | undefined;
  const counter = {
    onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]) {
      counted = countTests(modules, unhandledErrors);
      addDurations(modules);
    },
  };
  const vitest = await startVitest("test", [...files], {
    ...(config && { config }),
    ...options,
    project: projects,
    watch: false,
    passWithNoTests: true,
    reporters: ["default", counter],
  });
  await vitest.close();
  if (!counted) throw new Error(`vitest ended without a result for ${projects.join(", ")}`);
  return counted;
}
