import { fork } from "node:child_process";
import type { Tally } from "./tally.ts";
import { receiveTally } from "./tally-message.ts";

/** `npm run test:deploy`, in a process of its own, which keeps a deadline of its own. */
export function runDeploy(): Promise<Tally> {
  return receiveTally(fork("test/deploy/run.ts"), "test:deploy");
}

/** `npm run mutate` with all there is, or with what fits into these minutes. */
export function runMutations(minutes: number | undefined): Promise<Tally> {
  const args = minutes === undefined ? [] : [`--minutes=${Math.floor(minutes)}`];
  return receiveTally(fork("test/mutate.ts", args), "mutations");
}

/** What another engine says to the conformance suite, in a process with a deadline of its own. */
export function askEngine(name: string): Promise<Tally> {
  return receiveTally(fork("test/second-opinions/run.ts", [name]), `opinion of ${name}`);
}
