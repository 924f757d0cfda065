import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { onStopSignal } from "../../local/process/stop-signals.ts";
import { Processes } from "../support/process/processes.ts";
import { root } from "../support/process/program.ts";
import { NotPossible } from "./not-possible.ts";
import { type Tally, tallyLines } from "./tally.ts";
import { sendTally } from "./tally-message.ts";
import { failedStep, skippedStep } from "./tool-step.ts";

interface Options {
  name: string;
  deadlineMinutes: number;
}

/**
 * What a process is there for: it ends with its work, at the deadline, on Ctrl-C or when its parent is gone,
 * and nothing is left of what the work has started and written.
 */
export async function runBounded(
  { name, deadlineMinutes }: Options,
  work: (processes: Processes, folder: string) => Promise<Tally>,
): Promise<never> {
  process.chdir(root);
  const folder = await mkdtemp(join(tmpdir(), "hookcast-run-"));
  const processes = new Processes();
  let isEnding = false;

  const end = async (tally: Tally) => {
    isEnding = true;
    await processes[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
    await sendTally(tally);
    if (!process.connected) for (const line of tallyLines(tally)) console.log(line);
    process.exit(tally.failures.length > 0 ? 1 : 0);
  };
  const fail = async (reason: unknown) => {
    if (isEnding) return; // What is cut off fails, too.
    await end(failedStep(name, inspect(reason)));
  };

  setTimeout(() => fail(`not done within ${deadlineMinutes} minutes`), deadlineMinutes * 60_000);
  onStopSignal(() => fail("stopped"));
  process.once("disconnect", () => fail("the process that asked for this run is gone"));

  try {
    await end(await work(processes, folder));
  } catch (error) {
    if (error instanceof NotPossible) await end(skippedStep(name, error.message));
    else await fail(error);
  }
  // What cut it off ends the process.
  return await new Promise(() => {});
}
