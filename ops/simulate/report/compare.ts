import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { RunOptions } from "../run.ts";
import { scenarioCalled } from "../scenarios.ts";
import type { Assignment } from "../worker.ts";
import type { Comparison } from "./report.ts";
import type { Result } from "./result.ts";

/** Lives through a scenario, and beside it through the same one without its trouble. */
export async function compare(scenario: string, options: RunOptions): Promise<Comparison> {
  const { name, about } = scenarioCalled(scenario);
  const [result, alone] = await Promise.all([
    inThread({ scenario, isQuiet: false, ...options }),
    inThread({ scenario, isQuiet: true, ...options }),
  ]);
  return { name, about, result, alone };
}

/** In a thread of its own, whose log lines nobody reads. */
async function inThread(workerData: Assignment): Promise<Result> {
  const worker = new Worker(new URL("../worker.ts", import.meta.url), {
    workerData,
    stdout: true,
  });
  worker.stdout.resume();
  const [result] = await once(worker, "message");
  return result;
}
