import { type Check, emptySeen, type Run } from "./check.ts";
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
    const place = { key: name, within: at };
    if (run.holds(schemaOf(name), properties[name], place, emptySeen(run.schema))) continue;
    isMet = false;
    if (run.isQuiet()) return false;
  }
  return isMet;
}

/** The names of a value or of a rule, a step each. */
function namesOf(properties: unknown, run: Run): string[] {
  const names = Object.keys(properties as Properties); // a rule was checked, too
  run.spend(names.length);
  return names;
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
    const given = namesOf(rule, checked.run).filter((name) => Object.hasOwn(properties, name));
    return eachProperty(properties, given, (name) => own(rule, name), checked);
  }),
  ofObject("patternProperties", (properties, rule, checked) => {
    const { run } = checked;
    return namesOf(rule, run).reduce((isMet, pattern) => {
      const matching = namesOf(properties, run).filter((name) =>
        run.schema.patternOf(pattern).isIn(name, run.spend),
      );
      return eachProperty(properties, matching, () => own(rule, pattern), checked) && isMet;
    }, true);
  }),
  ofObject("additionalProperties", (properties, rule, checked) => {
    const { part, run } = checked;
    const patterns = namesOf(part.patternProperties ?? {}, run);
    const others = namesOf(properties, run).filter(
      (name) =>
        own(part.properties, name) === undefined &&
        !patterns.some((pattern) => run.schema.patternOf(pattern).isIn(name, run.spend)),
    );
    return eachProperty(properties, others, () => rule, checked);
  }),
  ofObject("propertyNames", (properties, rule, { at, run }) => {
    const bad = namesOf(properties, run).filter(
      (name) => !run.holdsQuietly(rule, name, at, emptySeen(run.schema)),
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
    const lacking = namesOf(rule, run)
      .filter((name) => Object.hasOwn(properties, name))
      .flatMap((name) => {
        const needed = own(rule, name) as readonly string[];
        run.spend(needed.length);
        return missing(needed, properties).map((other) => [name, other]);
      });
    for (const [name, other = ""] of lacking) {
      run.report({ key: other, within: at }, "dependentRequired", `is required beside ${name}`);
    }
    return lacking.length === 0;
  }),
  ofObject("dependentSchemas", (properties, rule, { value, at, seen, run }) =>
    namesOf(rule, run).reduce(
      (isMet, name) =>
        (!Object.hasOwn(properties, name) || run.holds(own(rule, name), value, at, seen)) && isMet,
      true,
    ),
  ),
  ofObject(
    "minProperties",
    (properties, rule, { at, run }) =>
      namesOf(properties, run).length >= Number(rule) ||
      run.report(at, "minProperties", `must have at least ${String(rule)} properties`),
  ),
  ofObject(
    "maxProperties",
    (properties, rule, { at, run }) =>
      namesOf(properties, run).length <= Number(rule) ||
      run.report(at, "maxProperties", `must have at most ${String(rule)} properties`),
  ),
  ofObject("unevaluatedProperties", (properties, rule, checked) => {
    const left = namesOf(properties, checked.run).filter((name) => !checked.seen.names.has(name));
    return eachProperty(properties, left, () => rule, checked);
  }),
];
