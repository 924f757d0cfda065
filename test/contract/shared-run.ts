import { type LocalRun, startLocalRun } from "../support/local-run.ts";
import { describeRun, isGiven, serviceVariable } from "./service.ts";

let run: LocalRun | undefined;

/** Before all files: one local run for the whole suite, unless a service is given. */
export async function setup(): Promise<void> {
  if (isGiven) return;
  run = await startLocalRun();
  process.env[serviceVariable] = JSON.stringify(await describeRun(run));
}

export async function teardown(): Promise<void> {
  delete process.env[serviceVariable];
  await run?.[Symbol.asyncDispose]();
}
