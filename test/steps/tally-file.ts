import { readFileSync, writeFileSync } from "node:fs";
import { sumTallies, type Tally } from "./tally.ts";
import { readTally } from "./tally-message.ts";
import { failedStep } from "./tool-step.ts";

/** Leaves what was counted to the run that comes next. */
export function writeTally(file: string, tally: Tally): void {
  writeFileSync(file, JSON.stringify(tally));
}

/** Adds what the run before has left, which has failed if it left nothing. */
export function addTally(file: string, tally: Tally): Tally {
  return sumTallies([tallyIn(file), tally]);
}

function tallyIn(file: string): Tally {
  try {
    return readTally(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return failedStep("the run before", "it ended without having counted; see above");
  }
}
