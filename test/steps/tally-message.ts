import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as z from "zod/mini";
import type { Tally } from "./tally.ts";
import { failedStep } from "./tool-step.ts";

const Findings = z.array(z.object({ name: z.string(), reason: z.string() }));
const TallyMessage = z.object({
  passed: z.int(),
  failures: Findings,
  skipped: Findings,
  unsteady: Findings,
});

/** What another process has counted. */
export function readTally(value: unknown): Tally {
  return TallyMessage.parse(value);
}

/** Tells the process that started this one what was counted, if there is one that listens. */
export async function sendTally(tally: Tally): Promise<void> {
  if (process.connected) await new Promise((sent) => process.send?.(tally, sent));
}

/** What a child that counts has sent until its end; one that ends without a word has failed. */
export async function receiveTally(child: ChildProcess, name: string): Promise<Tally> {
  let tally: Tally | undefined;
  child.once("message", (message) => {
    tally = readTally(message);
  });
  // Not `exit`, which may come before the last message has been read.
  const [exitCode] = await once(child, "close");
  if (tally && (exitCode === 0 || tally.failures.length > 0)) return tally;
  return failedStep(name, `ended with ${exitCode}; see above`);
}
