import { type Check, emptySeen, type Fault, type Place, type Run, type Seen } from "./check.ts";
import { keywordChecks } from "./keyword-checks.ts";
import type { OpenSchema, Schema } from "./schema-parts.ts";

/** More would help nobody. */
const maxFaults = 100;
/** A value or schema that goes deeper than any of use would exhaust the stack. */
const maxDepth = 500;
/**
 * A check may take so many steps, and so many for each byte of the value. A step takes up to 80 ns of a core, and a
 * function has a third of one: up to two seconds for the longest value, of the ten that a publish has.
 */
const [stepsAtLeast, stepsPerByte] = [100_000, 20];

class TooMuch extends Error {}
class Enough extends Error {}

/** Everything that is wrong with a value; `bytes` is its length, and bounds what the check may cost. */
export function faultsOf(schema: OpenSchema, value: unknown, bytes: number): Fault[] {
  const faults: Fault[] = [];
  let left = stepsAtLeast + stepsPerByte * bytes;
  let depth = 0;
  let quiet = 0;

  const spend = (steps: number) => {
    left -= steps;
    if (left < 0) throw new TooMuch();
  };
  const report: Run["report"] = (at, keyword, message) => {
    if (quiet > 0) return false;
    faults.push({ path: pathOf(at), keyword, message });
    if (faults.length >= maxFaults) throw new Enough();
    return false;
  };
  const holds: Run["holds"] = (part, one, at, seen) => {
    if (depth >= maxDepth) throw new TooMuch();
    depth += 1;
    const mine = emptySeen(schema);
    const isMet = meets(part as Schema, one, at, mine, run); // only a schema that was checked is opened
    depth -= 1;
    if (isMet && schema.asksForUnevaluated) {
      spend(mine.names.size + mine.items.size);
      for (const name of mine.names) seen.names.add(name);
      for (const item of mine.items) seen.items.add(item);
    }
    return isMet;
  };
  const run: Run = {
    schema,
    spend,
    holds,
    report,
    holdsQuietly(...asked) {
      quiet += 1;
      const isMet = holds(...asked);
      quiet -= 1;
      return isMet;
    },
    isQuiet: () => quiet > 0,
  };

  try {
    holds(schema.root, value, undefined, emptySeen(schema));
    return faults;
  } catch (error) {
    if (error instanceof Enough) return faults;
    if (!(error instanceof TooMuch)) throw error;
    const message = "takes too many steps to check, or nests too deep";
    return [...faults, { path: [], keyword: "", message }];
  }
}

function meets(part: Schema, value: unknown, at: Place | undefined, seen: Seen, run: Run): boolean {
  run.spend(1);
  if (part === true) return true;
  if (part === false) return run.report(at, "false", "is not allowed");
  let isMet = true;
  for (const [keyword, check] of checksOf(part)) {
    run.spend(1);
    if (check(part[keyword], { part, value, at, seen, run })) continue;
    isMet = false;
    if (run.isQuiet()) return false;
  }
  return isMet;
}

type Plan = readonly (readonly [keyword: string, check: Check])[];
const plans = new WeakMap<object, Plan>();

/** The checks of a part. It may have thousands of keywords that ask nothing, so it is looked through once. */
function checksOf(part: Exclude<Schema, boolean>): Plan {
  const known = plans.get(part);
  if (known) return known;
  const all = Object.keys(part).flatMap((keyword) => {
    const check = keywordChecks.get(keyword);
    return check ? [[keyword, check] as const] : [];
  });
  // What others have seen is known only once they are through.
  const isLast = ([keyword]: Plan[number]) => keyword.startsWith("unevaluated");
  const plan = [...all.filter((one) => !isLast(one)), ...all.filter(isLast)];
  plans.set(part, plan);
  return plan;
}

function pathOf(at: Place | undefined): (string | number)[] {
  const path: (string | number)[] = [];
  for (let place = at; place; place = place.within) path.push(place.key);
  return path.reverse();
}
