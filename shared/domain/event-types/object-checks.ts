import type { Check, Seen } from "./check.ts";
import { isObject } from "./schema-parts.ts";

type Properties = { readonly [name: string]: unknown };

/** A check of objects; whatever else a value is meets it. */
function ofObject(
  keyword: string,
  check: (properties: Properties, ...rest: Parameters<Check>) => boolean,
): readonly [string, Check] {
  return [
    keyword,
    (rule, checked) => !isObject(checked.value) || check(checked.value, rule, checked),
  ];
}

/** Checks each of these properties against its schema. */
function eachProperty(
  properties: Properties,
  names: Iterable<string>,
  schemaOf: (name: string) => unknown,
  { at, seen, run }: Parameters<Check>[1],
): boolean {
  let isMet = true;
  for (const name of names) {
    run.spend(1);
    if (run.schema.asksForUnevaluated) seen.names.add(name);
    if (run.holds(schemaOf(name), properties[name], { key: name, within: at }, nothing())) continue;
    isMet = false;
    if (run.isQuiet()) return false;
  }
  return isMet;
}

function nothing(): Seen {
  return { names: new Set(), items: new Set() };
}

/** The schemas that a keyword has by name; `Object.hasOwn`, since a property may be called `constructor`. */
function own(rule: unknown, name: string): unknown {
  return isObject(rule) && Object.hasOwn(rule, name) ? rule[name] : undefined;
}

function missing(names: unknown, properties: Properties): string[] {
  return (names as readonly string[]).filter((name) => !Object.hasOwn(properties, name));
}

export const objectChecks: readonly (readonly [string, Check])[] = [
  ofObject("properties", (properties, rule, checked) => {
    const given = Object.keys(rule as object).filter((name) => Object.hasOwn(properties, name));
    checked.run.spend(Object.keys(rule as object).length);
    return eachProperty(properties, given, (name) => own(rule, name), checked);
  }),
  ofObject("patternProperties", (properties, rule, checked) => {
    const { run } = checked;
    return Object.entries(rule as object).reduce((isMet, [pattern, schema]) => {
      const matching = Object.keys(properties).filter((name) =>
        run.schema.patternOf(pattern).isIn(name, run.spend),
      );
      return eachProperty(properties, matching, () => schema, checked) && isMet;
    }, true);
  }),
  ofObject("additionalProperties", (properties, rule, checked) => {
    const { part, run } = checked;
    const patterns = Object.keys(isObject(part.patternProperties) ? part.patternProperties : {});
    const others = Object.keys(properties).filter(
      (name) =>
        own(part.properties, name) === undefined &&
        !patterns.some((pattern) => run.schema.patternOf(pattern).isIn(name, run.spend)),
    );
    return eachProperty(properties, others, () => rule, checked);
  }),
  ofObject("propertyNames", (properties, rule, { at, run }) => {
    const bad = Object.keys(properties).filter(
      (name) => !run.holdsQuietly(rule, name, at, nothing()),
    );
    for (const name of bad) {
      run.report({ key: name, within: at }, "propertyNames", "has a name that is not allowed");
    }
    return bad.length === 0;
  }),
  ofObject("required", (properties, rule, { at, run }) => {
    run.spend((rule as readonly string[]).length);
    const lacking = missing(rule, properties);
    for (const name of lacking) run.report({ key: name, within: at }, "required", "is required");
    return lacking.length === 0;
  }),
  ofObject("dependentRequired", (properties, rule, { at, run }) => {
    const lacking = Object.entries(rule as object).flatMap(([name, needed]) =>
      Object.hasOwn(properties, name)
        ? missing(needed, properties).map((other) => [name, other])
        : [],
    );
    run.spend(1 + lacking.length);
    for (const [name, other = ""] of lacking) {
      run.report({ key: other, within: at }, "dependentRequired", `is required beside ${name}`);
    }
    return lacking.length === 0;
  }),
  ofObject("dependentSchemas", (properties, rule, { value, at, seen, run }) =>
    Object.entries(rule as object).reduce(
      (isMet, [name, schema]) =>
        (!Object.hasOwn(properties, name) || run.holds(schema, value, at, seen)) && isMet,
      true,
    ),
  ),
  ofObject(
    "minProperties",
    (properties, rule, { at, run }) =>
      Object.keys(properties).length >= Number(rule) ||
      run.report(at, "minProperties", `must have at least ${String(rule)} properties`),
  ),
  ofObject(
    "maxProperties",
    (properties, rule, { at, run }) =>
      Object.keys(properties).length <= Number(rule) ||
      run.report(at, "maxProperties", `must have at most ${String(rule)} properties`),
  ),
  ofObject("unevaluatedProperties", (properties, rule, checked) => {
    const left = Object.keys(properties).filter((name) => !checked.seen.names.has(name));
    return eachProperty(properties, left, () => rule, checked);
  }),
];
