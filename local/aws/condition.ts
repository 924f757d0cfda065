/** What a call tells of itself, by condition key; a key that does not apply to the call is not there. */
export type Context = Readonly<Record<string, readonly string[]>>;

/** One line of a statement's `Condition`, with the one or several values that would do. */
export interface Condition {
  quantifier?: "ForAllValues" | "ForAnyValue" | undefined;
  operator: "StringEquals" | "StringLike" | "Null";
  key: string;
  values: string[];
}

/**
 * IAM's rules: the names of keys ignore case, values do not. Without a quantifier a call must have one
 * value, which is one of the condition's. `ForAllValues` also holds for a call that does not have the key
 * at all, so a statement that allows something adds `Null: false`.
 */
export function holds(condition: Condition, context: Context): boolean {
  const { quantifier, operator, key, values } = condition;
  const given = valuesOf(context, key);
  if (operator === "Null") return values.includes(String(given.length === 0));
  const matches = (one: string) =>
    operator === "StringEquals" ? values.includes(one) : patternOf(condition).test(one);
  if (quantifier === "ForAllValues") return given.every(matches);
  if (quantifier === "ForAnyValue") return given.some(matches);
  const [one = "", ...others] = given;
  return given.length > 0 && others.length === 0 && matches(one);
}

const patterns = new WeakMap<Condition, RegExp>();

// Every call of the local run passes here, so a condition is compiled once.
function patternOf(condition: Condition): RegExp {
  const pattern = patterns.get(condition) ?? wildcards(condition.values, "");
  patterns.set(condition, pattern);
  return pattern;
}

function valuesOf(context: Context, key: string): readonly string[] {
  const wanted = key.toLowerCase();
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === wanted);
  return found?.[1] ?? [];
}

/** `*` stands for any text and `?` for any character, in a pattern of IAM. */
export function wildcards(patterns: readonly string[], flags: string): RegExp {
  if (patterns.length === 0) return /(?!)/; // matches nothing
  const sources = patterns.map((pattern) =>
    pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", "."),
  );
  return new RegExp(`^(?:${sources.join("|")})$`, `${flags}s`);
}
