import { parentPort, workerData } from "node:worker_threads";
import { type RunOptions, runScenario } from "./run.ts";
import { scenarioCalled } from "./scenarios.ts";

/** What a thread is asked to live through. */
export interface Assignment extends RunOptions {
  readonly scenario: string;
  /** Whether without those that are in trouble. */
  readonly isQuiet: boolean;
}

const { scenario: name, isQuiet, ...options }: Assignment = workerData;
const scenario = scenarioCalled(name);
const audiences = scenario.audiences.filter(({ kind }) => !isQuiet || kind !== "troubled");
parentPort?.postMessage(await runScenario({ ...scenario, audiences }, options));
