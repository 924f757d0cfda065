import { type Check, emptySeen } from "./check.ts";
import { canonical } from "./schema-parts.ts";

/** A check of arrays; whatever else a value is meets it. */
function ofArray(
  keyword: string,
  check: (items: readonly unknown[], ...rest: Parameters<Check>) => boolean,
): readonly [string, Check] {
  return [
    keyword,
    (rule, checked) => !Array.isArray(checked.value) || check(checked.value, rule, checked),
  ];
}

/** Checks those of the items against their schemas. */
function eachItem(
  items: readonly unknown[],
  indexes: Iterable<number>,
  schemaOf: (index: number) => unknown,
  { at, seen, run }: Parameters<Check>[1],
): boolean {
  let isMet = true;
  for (const index of indexes) {
    if (run.schema.asksForUnevaluated) seen.items.add(index);
    const place = { key: index, within: at };
    if (run.holds(schemaOf(index), items[index], place, emptySeen(run.schema))) continue;
    isMet = false;
    if (run.isQuiet()) return false;
  }
  return isMet;
}

function* range(from: number, to: number): Generator<number> {
  for (let index = from; index < to; index += 1) yield index;
}

function lengthOf(rule: unknown): number {
  return Array.isArray(rule) ? rule.length : 0;
}

export const arrayChecks: readonly (readonly [string, Check])[] = [
  ofArray("prefixItems", (items, rule, checked) => {
    const indexes = range(0, Math.min(lengthOf(rule), items.length));
    return eachItem(items, indexes, (index) => (rule as readonly unknown[])[index], checked);
  }),
  ofArray("items", (items, rule, checked) => {
    const indexes = range(lengthOf(checked.part.prefixItems), items.length);
    return eachItem(items, indexes, () => rule, checked);
  }),
  ofArray("contains", (items, rule, { part, at, seen, run }) => {
    let count = 0;
    for (const [index, item] of items.entries()) {
      if (!run.holdsQuietly(rule, item, { key: index, within: at }, emptySeen(run.schema)))
        continue;
      count += 1;
      if (run.schema.asksForUnevaluated) seen.items.add(index);
    }
    const least = Number(part.minContains ?? 1);
    const most = Number(part.maxContains ?? Number.POSITIVE_INFINITY);
    if (count < least) {
      return run.report(at, "contains", `must contain at least ${least} items that match contains`);
    }
    if (count <= most) return true;
    return run.report(at, "maxContains", `must contain at most ${most} items that match contains`);
  }),
  ofArray(
    "minItems",
    (items, rule, { at, run }) =>
      items.length >= Number(rule) ||
      run.report(at, "minItems", `must have at least ${String(rule)} items`),
  ),
  ofArray(
    "maxItems",
    (items, rule, { at, run }) =>
      items.length <= Number(rule) ||
      run.report(at, "maxItems", `must have at most ${String(rule)} items`),
  ),
  ofArray("uniqueItems", (items, rule, { at, run }) => {
    if (rule !== true) return true;
    const texts = new Set<string>();
    for (const item of items) {
      const text = canonical(item);
      run.spend(text.length);
      if (texts.has(text)) return run.report(at, "uniqueItems", "must not repeat an item");
      texts.add(text);
    }
    return true;
  }),
  ofArray("unevaluatedItems", (items, rule, checked) => {
    const { seen, run } = checked;
    run.spend(items.length);
    const left = [...items.keys()].filter((index) => !seen.items.has(index));
    return eachItem(items, left, () => rule, checked);
  }),
];
