/** `npm run test:deploy`: deploys the stack to an emulator of AWS with the CDK itself and tests it there. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onStopSignal } from "../../local/stop-signals.ts";
import { root } from "../support/program.ts";
import { type Tally, tallyLine } from "../support/tally.ts";
import { sendTally } from "../support/tally-message.ts";
import { deployAndTest } from "./deploy-and-test.ts";
import { NotPossible } from "./not-possible.ts";
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
  console.log(`skipped: test:deploy: ${reason}`);
  await end({ passed: 0, failed: 0, skipped: [{ name: "test:deploy", reason }] });
}

async function fail(reason: unknown): Promise<void> {
  if (isEnding) return; // What is cut off fails, too.
  console.log(reason);
  await end({ passed: 0, failed: 1, skipped: [] });
}

async function end(tally: Tally): Promise<void> {
  isEnding = true;
  await processes[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
  await sendTally(tally);
  console.log(tallyLine(tally));
  process.exit(tally.failed > 0 ? 1 : 0);
}
