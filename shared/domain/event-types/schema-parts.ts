import { openPattern, type Pattern } from "./pattern.ts";

/** A JSON Schema, or a part of one: an object, `true` or `false`. */
export type Schema = boolean | { readonly [keyword: string]: unknown };

export function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "boolean" || isObject(value);
}

/** Keywords whose value is a schema. */
const single = [
  ...["not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames"],
  ...["unevaluatedItems", "unevaluatedProperties", "contentSchema"],
];
/** Keywords whose value is a list of schemas. */
const listed = ["allOf", "anyOf", "oneOf", "prefixItems"];
/** Keywords whose value has schemas by name. */
const named = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];

/** A schema within another, and where it is, as the parts of a JSON pointer. */
export interface SchemaPart {
  readonly schema: Schema;
  readonly at: readonly string[];
}

/** The schemas right within this one. What a keyword has that should be one and is none is left out. */
export function* partsOf(schema: Schema, at: readonly string[] = []): Generator<SchemaPart> {
  if (typeof schema === "boolean") return;
  for (const [keyword, value] of Object.entries(schema)) {
    if (single.includes(keyword) && isSchema(value)) yield { schema: value, at: [...at, keyword] };
    const isNamed = named.includes(keyword) && isObject(value);
    const isListed = listed.includes(keyword) && Array.isArray(value);
    if (!isNamed && !isListed) continue;
    for (const [name, part] of Object.entries(value)) {
      if (isSchema(part)) yield { schema: part, at: [...at, keyword, name] };
    }
  }
}

/** The schema with each reference in it, its own and those within, written anew. */
export function mapReferences(schema: Schema, map: (reference: string) => string): Schema {
  if (typeof schema === "boolean") return schema;
  const change = (part: unknown) => (isSchema(part) ? mapReferences(part, map) : part);
  const entries = Object.entries(schema).map(([keyword, value]) => {
    const isReference = keyword === "$ref" || keyword === "$dynamicRef";
    if (isReference && typeof value === "string") return [keyword, map(value)];
    if (single.includes(keyword)) return [keyword, change(value)];
    if (listed.includes(keyword) && Array.isArray(value)) return [keyword, value.map(change)];
    if (!named.includes(keyword) || !isObject(value)) return [keyword, value];
    const parts = Object.entries(value).map(([name, part]) => [name, change(part)]);
    return [keyword, Object.fromEntries(parts)];
  });
  return Object.fromEntries(entries);
}

/** The schema and every one within it, outermost first. */
export function* everyPart(schema: Schema, at: readonly string[] = []): Generator<SchemaPart> {
  yield { schema, at };
  for (const part of partsOf(schema, at)) yield* everyPart(part.schema, part.at);
}

function pointerOf(at: readonly string[]): string {
  return at.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** A schema with what checking a value against it needs at hand. */
export interface OpenSchema {
  readonly root: Schema;
  /** What a `$ref` refers to, by its text. */
  readonly targets: ReadonlyMap<string, Schema>;
  readonly patternOf: (source: string) => Pattern;
  /** Whether a part asks which properties or items others have looked at. */
  readonly asksForUnevaluated: boolean;
}

export function openSchema(root: Schema): OpenSchema {
  const parts = [...everyPart(root)];
  const patterns = new Map<string, Pattern>();
  return {
    root,
    targets: targetsOf(parts),
    asksForUnevaluated: parts.some(
      ({ schema }) =>
        isObject(schema) && ("unevaluatedProperties" in schema || "unevaluatedItems" in schema),
    ),
    patternOf(source) {
      const known = patterns.get(source);
      if (known) return known;
      const opened = openPattern(source);
      patterns.set(source, opened);
      return opened;
    },
  };
}

/** What a reference may refer to: parts by their pointers, and by the names that they give themselves. */
export function targetsOf(parts: readonly SchemaPart[]): Map<string, Schema> {
  const targets = new Map<string, Schema>();
  for (const { schema, at } of parts) {
    targets.set(`#${pointerOf(at)}`, schema);
    if (typeof schema === "boolean") continue;
    for (const name of [schema.$anchor, schema.$dynamicAnchor]) {
      if (typeof name === "string") targets.set(`#${name}`, schema);
    }
  }
  return targets;
}

/** A reference as `targetsOf` has it: a fragment may be written with escapes of an address. */
export function normalReference(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/** One text for equal values: without spaces, names in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
