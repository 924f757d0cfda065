import { type Check, emptySeen, type Seen } from "./check.ts";
import { normalReference } from "./schema-parts.ts";

const checkReference: Check = (rule, { value, at, seen, run }) => {
  const target = run.schema.targets.get(normalReference(String(rule)));
  return run.holds(target ?? false, value, at, seen);
};

const checkAllOf: Check = (rule, { value, at, seen, run }) => {
  let isMet = true;
  for (const part of rule as readonly unknown[]) {
    if (run.holds(part, value, at, seen)) continue;
    isMet = false;
    if (run.isQuiet()) return false;
  }
  return isMet;
};

const checkAnyOf: Check = (rule, { value, at, seen, run }) => {
  let isMet = false;
  for (const part of rule as readonly unknown[]) {
    isMet = run.holdsQuietly(part, value, at, seen) || isMet;
    // The others may have seen more of the value.
    if (isMet && !run.schema.asksForUnevaluated) return true;
  }
  return isMet || run.report(at, "anyOf", "must match one of the schemas in anyOf");
};

const checkOneOf: Check = (rule, { value, at, seen, run }) => {
  const mine = emptySeen(run.schema);
  const parts = rule as readonly unknown[];
  const met = parts.filter((part) => run.holdsQuietly(part, value, at, mine)).length;
  if (met === 1) {
    addSeen(mine, seen);
    return true;
  }
  const message = `must match exactly one of the schemas in oneOf, and matches ${met}`;
  return run.report(at, "oneOf", message);
};

const checkNot: Check = (rule, { value, at, run }) => {
  if (!run.holdsQuietly(rule, value, at, emptySeen(run.schema))) return true;
  return run.report(at, "not", "must not match the schema in not");
};

const checkIf: Check = (rule, { part, value, at, seen, run }) => {
  const isMet = run.holdsQuietly(rule, value, at, seen);
  return run.holds((isMet ? part.then : part.else) ?? true, value, at, seen);
};

function addSeen(from: Seen, to: Seen): void {
  for (const name of from.names) to.names.add(name);
  for (const item of from.items) to.items.add(item);
}

export const combiningChecks: readonly (readonly [string, Check])[] = [
  // In one document a dynamic reference leads to where its name is given, as a plain one does.
  ["$ref", checkReference],
  ["$dynamicRef", checkReference],
  ["allOf", checkAllOf],
  ["anyOf", checkAnyOf],
  ["oneOf", checkOneOf],
  ["not", checkNot],
  ["if", checkIf],
];
