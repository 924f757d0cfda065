import type { ErrorDetail } from "../../contract/errors.ts";
import { typeNames } from "./keyword-checks.ts";
import { openPattern } from "./pattern.ts";
import { PatternProblem } from "./pattern-program.ts";
import {
  everyPart,
  isObject,
  isSchema,
  normalReference,
  partsOf,
  type Schema,
  type SchemaPart,
  targetsOf,
} from "./schema-parts.ts";

const maxSchemaBytes = 65_536;
/** Deeper than any of use: what reads a schema goes down with it. */
const maxDepth = 100;
const dialect = "https://json-schema.org/draft/2020-12/schema";

/** Everything that keeps a value from being a schema of the catalogue, each under its place, `schema.…`. */
export function schemaProblems(value: unknown, path = "schema"): ErrorDetail[] {
  const whole = (message: string) => [{ path, message }];
  if (!isSchema(value)) return whole("must be a JSON Schema: an object, true or false");
  if (depthOf(value) > maxDepth) return whole(`must not nest more than ${maxDepth} levels deep`);
  if (Buffer.byteLength(JSON.stringify(value)) > maxSchemaBytes) {
    return whole(`must have at most ${maxSchemaBytes} bytes`);
  }
  const parts = [...everyPart(value)];
  const targets = targetsOf(parts);
  const found = parts.flatMap(({ schema, at }) =>
    isObject(schema) ? keywordProblems(schema, at, targets) : [],
  );
  const details = found.map(({ at, message }) => ({ path: [path, ...at].join("."), message }));
  if (details.length > 0) return details;
  return loops(parts, targets).map((at) => ({
    path: [path, ...at].join("."),
    message: "must not refer to itself without a step into the value",
  }));
}

function depthOf(value: unknown): number {
  let depth = 0;
  for (let level = [value]; level.length > 0; depth += 1) {
    if (depth > maxDepth) return depth;
    level = level.flatMap((one) => (typeof one === "object" && one ? Object.values(one) : []));
  }
  return depth;
}

interface Problem {
  readonly at: readonly string[];
  readonly message: string;
}

type Rule = (value: unknown) => string | undefined;

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
const count: Rule = (value) => (isCount(value) ? undefined : "must be a whole number, 0 or more");
const number: Rule = (value) => (typeof value === "number" ? undefined : "must be a number");
const schema: Rule = (value) => (isSchema(value) ? undefined : "must be a JSON Schema");
const schemas: Rule = (value) =>
  Array.isArray(value) && value.length > 0 && value.every(isSchema)
    ? undefined
    : "must be a list of JSON Schemas, and not an empty one";
const namedSchemas: Rule = (value) =>
  isObject(value) && Object.values(value).every(isSchema)
    ? undefined
    : "must be an object of JSON Schemas";
const isNames = (value: unknown) =>
  Array.isArray(value) && value.every((name) => typeof name === "string");
const names: Rule = (value) => (isNames(value) ? undefined : "must be a list of names");
const pattern: Rule = (value) => {
  if (typeof value !== "string") return "must be a text";
  try {
    openPattern(value);
    return undefined;
  } catch (error) {
    if (error instanceof PatternProblem) return error.message;
    throw error;
  }
};
const type: Rule = (value) => {
  const given = [value].flat();
  const isGood = given.length > 0 && given.every((name) => typeNames.includes(String(name)));
  return isGood ? undefined : `must be one of ${typeNames.join(", ")}, or a list of them`;
};

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["type", type],
  ["enum", (value) => (Array.isArray(value) ? undefined : "must be a list")],
  ...["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"].map(
    (keyword) => [keyword, number] as const,
  ),
  ["multipleOf", (value) => (Number(value) > 0 ? number(value) : "must be a number above 0")],
  ...[
    ...["maxLength", "minLength", "maxItems", "minItems", "maxContains", "minContains"],
    ...["maxProperties", "minProperties"],
  ].map((keyword) => [keyword, count] as const),
  ["pattern", pattern],
  ["uniqueItems", (value) => (typeof value === "boolean" ? undefined : "must be true or false")],
  ["required", names],
  [
    "dependentRequired",
    (value) =>
      isObject(value) && Object.values(value).every(isNames)
        ? undefined
        : "must be an object of lists of names",
  ],
  ...[
    ...["not", "if", "then", "else", "items", "contains", "additionalProperties"],
    ...["propertyNames", "unevaluatedItems", "unevaluatedProperties"],
  ].map((keyword) => [keyword, schema] as const),
  ...["allOf", "anyOf", "oneOf", "prefixItems"].map((keyword) => [keyword, schemas] as const),
  ...["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"].map(
    (keyword) => [keyword, namedSchemas] as const,
  ),
]);

function keywordProblems(
  part: { readonly [keyword: string]: unknown },
  at: readonly string[],
  targets: ReadonlyMap<string, Schema>,
): Problem[] {
  const problems: Problem[] = [];
  for (const [keyword, value] of Object.entries(part)) {
    const message = rules.get(keyword)?.(value) ?? coreProblem(keyword, value, at, targets);
    if (message) problems.push({ at: [...at, keyword], message });
  }
  for (const source of Object.keys(
    isObject(part.patternProperties) ? part.patternProperties : {},
  )) {
    const message = pattern(source);
    if (message) problems.push({ at: [...at, "patternProperties", source], message });
  }
  return problems;
}

/** What is wrong with a keyword by which a schema names itself or another. */
function coreProblem(
  keyword: string,
  value: unknown,
  at: readonly string[],
  targets: ReadonlyMap<string, Schema>,
): string | undefined {
  switch (keyword) {
    case "$schema":
      if (String(value).replace(/#$/, "") === dialect) return undefined;
      return `must be ${dialect}: no other version of JSON Schema is known`;
    case "$id":
      if (at.length === 0 && typeof value === "string") return undefined;
      return "must be a text, at the outermost schema only";
    case "$anchor":
    case "$dynamicAnchor":
      if (typeof value === "string" && /^[A-Za-z_][-A-Za-z0-9._]*$/.test(value)) return undefined;
      return "must be a name that begins with a letter";
    case "$recursiveRef":
    case "$recursiveAnchor":
    case "$vocabulary":
      return "is not known here";
    case "$ref":
    case "$dynamicRef":
      if (typeof value === "string" && value.startsWith("#")) {
        return targets.has(normalReference(value))
          ? undefined
          : "must refer to a schema within this one";
      }
      return "must begin with #: other documents are never fetched";
    default:
      return undefined;
  }
}

/** Keywords that check the same value again. */
const inPlace = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"];

/** Where schemas are that lead back to themselves while they look at one and the same value. */
function loops(
  parts: readonly SchemaPart[],
  targets: ReadonlyMap<string, Schema>,
): (readonly string[])[] {
  const states = new Map<Schema, "open" | "done">();
  const leadsBack = (one: Schema): boolean => {
    if (!isObject(one) || states.get(one) === "done") return false;
    if (states.get(one) === "open") return true;
    states.set(one, "open");
    const found = [...nextOf(one, targets)].some(leadsBack);
    states.set(one, "done");
    return found;
  };
  return parts.filter(({ schema }) => leadsBack(schema)).map(({ at }) => at);
}

function* nextOf(one: Schema, targets: ReadonlyMap<string, Schema>): Generator<Schema> {
  if (!isObject(one)) return;
  for (const reference of [one.$ref, one.$dynamicRef]) {
    const target =
      typeof reference === "string" ? targets.get(normalReference(reference)) : undefined;
    if (target !== undefined) yield target;
  }
  for (const { schema, at } of partsOf(one)) if (inPlace.includes(at[0] ?? "")) yield schema;
}
