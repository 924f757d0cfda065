import { availableParallelism } from "node:os";
import { inspect } from "node:util";
import type { Tally } from "./tally.ts";
import { failedStep } from "./tool-step.ts";

/** One part of a run, which is counted, and timed. */
export interface Step {
  name: string;
  run: () => Promise<Tally>;
}

export interface StepResult {
  name: string;
  tally: Tally;
  seconds: number;
}

/** One step after the other; one that fails does not hide the next. */
export async function runInOrder(steps: readonly Step[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    console.log(`\n== ${step.name}`);
    results.push(await runStep(step));
  }
  return results;
}

/** Parts of one step, as many at a time as there are processors. */
export async function runTogether(steps: readonly Step[]): Promise<Tally[]> {
  const waiting = [...steps];
  const tallies: Tally[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const { name, tally, seconds } = await runStep(step);
      tallies.push(tally);
      const verdict = tally.failures.length === 0 ? "" : ": failed";
      console.log(`${secondsText(seconds)}  ${name}${verdict}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return tallies;
}

/** How long each step took, and all of them. */
export function timeLines(results: readonly StepResult[]): string[] {
  const all = results.reduce((sum, { seconds }) => sum + seconds, 0);
  return [...results, { name: "all", seconds: all }].map(
    ({ name, seconds }) => `${secondsText(seconds)}  ${name}`,
  );
}

async function runStep({ name, run }: Step): Promise<StepResult> {
  const startedMs = performance.now();
  const tally = await run().catch((error: unknown) => failedStep(name, inspect(error)));
  return { name, tally, seconds: (performance.now() - startedMs) / 1000 };
}

function secondsText(seconds: number): string {
  return `${seconds.toFixed(0).padStart(5)} s`;
}
