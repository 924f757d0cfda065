import * as z from "zod/mini";
import { referredName, type Schema } from "./description.ts";

/** A schema's type in a few words, with links to the objects that have a section of their own. */
export function typeInWords(schema: Schema): string {
  if (schema.$ref) return linkTo(referredName(schema.$ref));
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return alternatives(schema.enum.map(literal));
  if (schema.anyOf) return alternatives(schema.anyOf.map(typeInWords));
  if (schema.allOf) return schema.allOf.map(typeInWords).join(" and ");
  if (Array.isArray(schema.type)) {
    return alternatives(schema.type.map((type) => typeInWords({ ...schema, type })));
  }
  if (schema.type === "array") return `list of ${plural(schema.items ?? {})}${sizeOf(schema)}`;
  if (schema.type === "string") return `${stringKind(schema)}${lengthOf(schema)}`;
  if (schema.type === "integer" || schema.type === "number")
    return `${schema.type}${rangeOf(schema)}`;
  if (isTextMap(schema)) return "object of strings";
  return schema.type ?? "any JSON";
}

const TextSchema = z.looseObject({ type: z.literal("string") });

function isTextMap({ additionalProperties, properties }: Schema): boolean {
  return !properties && z.safeParse(TextSchema, additionalProperties).success;
}

function linkTo(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}

function literal(value: unknown): string {
  return `\`${JSON.stringify(value).replaceAll('"', "")}\``;
}

function alternatives(names: readonly string[]): string {
  const [last = "", ...others] = names.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(", ")} or ${last}`;
}

function plural(schema: Schema): string {
  return schema.properties || schema.anyOf ? "objects" : typeInWords(schema);
}

function stringKind({ format }: Schema): string {
  return format === "date-time" ? "time" : "string";
}

function lengthOf({ minLength, maxLength }: Schema): string {
  return boundsInWords(minLength, maxLength, " characters");
}

function sizeOf({ minItems, maxItems }: Schema): string {
  return boundsInWords(minItems, maxItems, "");
}

/** What JSON numbers hold exactly is no bound worth telling. */
function rangeOf({ minimum, maximum }: Schema): string {
  return boundsInWords(notSafe(minimum), notSafe(maximum), "");
}

function notSafe(bound: number | undefined): number | undefined {
  return Math.abs(bound ?? 0) === Number.MAX_SAFE_INTEGER ? undefined : bound;
}

function boundsInWords(least: number | undefined, most: number | undefined, unit: string): string {
  if (most === undefined) return "";
  const upper = most.toLocaleString("en-US");
  return least === undefined ? `, at most ${upper}${unit}` : `, ${least} to ${upper}${unit}`;
}
