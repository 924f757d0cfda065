import {
  type Condition,
  type FilterProblem,
  isScalar,
  type Path,
  type Reading,
  readOperator,
  reporter,
} from "./filter-conditions.ts";

/** A field with its conditions, one of which must hold. */
export interface LeafPattern {
  /** As the pattern spells it, with `$or` and the places of its alternatives. */
  readonly path: string;
  /** The names that lead there in a message. */
  readonly names: readonly string[];
  readonly conditions: readonly Condition[];
}

export type Member =
  | { readonly kind: "leaf"; readonly name: string; readonly leaf: LeafPattern }
  | { readonly kind: "object"; readonly name: string; readonly object: ObjectPattern }
  | { readonly kind: "or"; readonly ways: readonly ObjectPattern[] };

/** Every member must match. */
export interface ObjectPattern {
  readonly members: readonly Member[];
}

export type ReadFilter =
  | { readonly pattern: ObjectPattern; readonly problems?: undefined }
  | { readonly pattern?: undefined; readonly problems: readonly FilterProblem[] };

export const maxFilterCharacters = 4_096;
const maxLeaves = 100;
const maxLevels = 8;

/** What a filter may look at. */
export const filterFields = ["event", "productId", "contentType", "value"] as const;

/** Reads a filter that was parsed from JSON, and names every mistake. No part of it becomes a regular expression. */
export function readFilter(filter: unknown): ReadFilter {
  const reading: Reading = { problems: [], leaves: 0 };
  const pattern = readObject(filter, [], [], 1, reading);
  const { problems, leaves } = reading;
  const report = (message: string) => problems.push({ path: [], message });
  if (leaves > maxLeaves) report(`must have at most ${maxLeaves} leaves, and has ${leaves}`);
  // Anything else is too deep to be written, perhaps.
  const { length } = problems.length > 0 ? "" : JSON.stringify(filter);
  if (length > maxFilterCharacters)
    report(`must have at most ${maxFilterCharacters} characters as JSON, and has ${length}`);
  return problems.length > 0 ? { problems } : { pattern };
}

function readObject(
  json: unknown,
  path: Path,
  names: readonly string[],
  level: number,
  reading: Reading,
): ObjectPattern {
  const report = reporter(reading, path);
  const entries = isObject(json) && level <= maxLevels ? Object.entries(json) : [];
  if (!isObject(json)) report("must be an object");
  else if (level > maxLevels) report(`must have at most ${maxLevels} levels of objects`);
  else if (entries.length === 0) report("must have at least one field");
  const members = entries.flatMap(([name, wanted]): Member[] => {
    const at = [...path, name];
    if (name === "$or")
      return [{ kind: "or", ways: readWays(wanted, at, names, level + 1, reading) }];
    const isTop = names.length === 0;
    const field = filterFields.find((known) => known === name);
    if (isTop && !field) {
      reporter(reading, at)(`is not a field of a message; there are ${filterFields.join(", ")}`);
      return [];
    }
    if (Array.isArray(wanted)) {
      const leaf = readLeaf(wanted, at, [...names, name], reading);
      return [{ kind: "leaf", name, leaf }];
    }
    if (isObject(wanted) && (!isTop || field === "value")) {
      const object = readObject(wanted, at, [...names, name], level + 1, reading);
      return [{ kind: "object", name, object }];
    }
    const message = isTop && field !== "value" ? "must be a list" : "must be a list or an object";
    reporter(reading, at)(message);
    return [];
  });
  return { members };
}

function readWays(
  json: unknown,
  path: Path,
  names: readonly string[],
  level: number,
  reading: Reading,
): ObjectPattern[] {
  const ways: unknown[] = Array.isArray(json) ? json : [];
  if (ways.length < 2) reporter(reading, path)("must be a list of at least two objects");
  return ways.map((way, index) => readObject(way, [...path, index], names, level, reading));
}

function readLeaf(
  json: readonly unknown[],
  path: Path,
  names: readonly string[],
  reading: Reading,
): LeafPattern {
  reading.leaves += 1;
  const report = reporter(reading, path);
  if (json.length === 0) report("must hold at least one value");
  const values = json.filter(isScalar);
  const others = json.flatMap((wanted, index): Condition[] => {
    if (isScalar(wanted)) return [];
    const condition = readOperator(wanted, [...path, index], reading);
    return condition ? [condition] : [];
  });
  const exact: Condition[] = values.length > 0 ? [{ kind: "exact", values }] : [];
  return { path: path.join("."), names, conditions: [...exact, ...others] };
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
