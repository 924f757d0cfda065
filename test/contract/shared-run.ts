import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";
import { describeRun, givenService, serviceVariable } from "./document/service-description.ts";

let run: LocalRun | undefined;

/** Before all files: one local run for the whole suite, unless a service is given. */
export async function setup(): Promise<void> {
  if (await givenService()) return;
  run = await startLocalRun();
  process.env[serviceVariable] = JSON.stringify(await describeRun(run));
}

export async function teardown(): Promise<void> {
  delete process.env[serviceVariable];
  await run?.[Symbol.asyncDispose]();
}
