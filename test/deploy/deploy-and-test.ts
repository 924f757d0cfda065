import { inspect } from "node:util";
import { staleGaps } from "../steps/gaps.ts";
import { runSuite } from "../steps/run-suite.ts";
import { sumTallies, type Tally } from "../steps/tally.ts";
import { failedStep, passedStep } from "../steps/tool-step.ts";
import type { Processes } from "../support/process/processes.ts";
import { openCdk } from "./cdk.ts";
import { checkBucket } from "./check-bucket.ts";
import { checkDestroy } from "./check-destroy.ts";
import { checkUpdate } from "./check-update.ts";
import { describeService } from "./deployed-service.ts";
import { startEmulator } from "./emulator.ts";
import { gaps } from "./gaps.ts";
import { installEmulator } from "./install-emulator.ts";
import { report } from "./report.ts";

/** From nothing to a tested deployment and back; what it starts and writes is the caller's to remove. */
export async function deployAndTest(processes: Processes, folder: string): Promise<Tally> {
  console.log("== installing the emulator");
  const python = await installEmulator(processes, folder);
  const emulator = await startEmulator(processes, python, folder);

  console.log("== cdk bootstrap and cdk deploy");
  const cdk = openCdk(processes, emulator, folder);
  await cdk.bootstrap();
  const outputs = await cdk.deploy();
  const service = await describeService(emulator, outputs, folder);

  console.log(`== the suites at ${service.HOOKCAST_URL}`);
  const run = (project: string) =>
    runSuite(processes, "test/deploy/vitest.config.ts", project, { ...emulator.env, ...service });
  let updated = outputs;
  const exercised = new Map([
    ["cdk bootstrap and cdk deploy, as they are", passedStep],
    ["commands of the documents for operators, in bash and zsh", await run("documents")],
    ["tests of the deployed stack, from publish to POST", await run("deployment")],
    ["tests of the HTTP contract", await run("contract")],
    ["tests of DynamoDB, SQS and KMS themselves", await run("engines")],
    [
      "cdk deploy with other settings, no row lost",
      await tally("a second cdk deploy", async () => {
        updated = await checkUpdate(cdk, service);
      }),
    ],
    [
      "an object in a bucket, from S3's notification to POST",
      await tally("a bucket's notifications", () => checkBucket(emulator, service, updated)),
    ],
    [
      "cdk destroy, nothing left",
      await tally("cdk destroy", () => checkDestroy(cdk, emulator, outputs)),
    ],
  ]);
  const sum = sumTallies([...exercised.values()]);
  console.log(["", report(exercised), ""].join("\n"));
  return { ...sum, failures: [...sum.failures, ...staleGaps(gaps, sum.skipped)] };
}

async function tally(name: string, check: () => Promise<void>): Promise<Tally> {
  try {
    await check();
    return passedStep;
  } catch (error) {
    return failedStep(name, inspect(error));
  }
}
