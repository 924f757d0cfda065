/** `npm run test:deploy`: deploys the stack to an emulator of AWS with the CDK itself and tests it there. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { onStopSignal } from "../../local/stop-signals.ts";
import { NotPossible } from "../support/not-possible.ts";
import { root } from "../support/program.ts";
import { type Tally, tallyLines } from "../support/tally.ts";
import { sendTally } from "../support/tally-message.ts";
import { failedStep, skippedStep } from "../support/tool-step.ts";
import { deployAndTest } from "./deploy-and-test.ts";
import { Processes } from "./processes.ts";

const deadlineMinutes = 15;

process.chdir(root);
const folder = await mkdtemp(join(tmpdir(), "hookcast-deploy-"));
const processes = new Processes();
let isEnding = false;

setTimeout(() => fail(`not done within ${deadlineMinutes} minutes`), deadlineMinutes * 60_000);
onStopSignal(() => fail("stopped"));
process.once("disconnect", () => fail("the process that asked for this run is gone"));

try {
  await end(await deployAndTest(processes, folder));
} catch (error) {
  if (error instanceof NotPossible) await skip(error.message);
  else await fail(error);
}

async function skip(reason: string): Promise<void> {
  await end(skippedStep("test:deploy", reason));
}

async function fail(reason: unknown): Promise<void> {
  if (isEnding) return; // What is cut off fails, too.
  await end(failedStep("test:deploy", inspect(reason)));
}

async function end(tally: Tally): Promise<void> {
  isEnding = true;
  await processes[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
  await sendTally(tally);
  if (!process.connected) for (const line of tallyLines(tally)) console.log(line);
  process.exit(tally.failures.length > 0 ? 1 : 0);
}
