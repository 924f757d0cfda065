import type { Breaking } from "../../contract/event-type.ts";
import { typeNames } from "./keyword-checks.ts";
import {
  canonical,
  everyPart,
  isObject,
  normalReference,
  type Schema,
  targetsOf,
} from "./schema-parts.ts";

type Keywords = { readonly [keyword: string]: unknown };
type Report = (
  path: string,
  change: Breaking["change"],
  affects: Breaking["affects"],
  message: string,
) => void;

/** More would help nobody. */
const maxChanges = 100;

/**
 * What a new schema may break, from both sides: receivers rely on what the old one promised them, publishers on what it
 * let pass. Where two schemas differ in a way that is not looked into, the change is told as `other`.
 */
export function breakingChanges(old: Schema, next: Schema | null): Breaking[] {
  const found: Breaking[] = [];
  const report: Report = (path, change, affects, message) => {
    if (found.length < maxChanges) found.push({ path, change, affects, message });
  };
  const newest = next ?? true;
  const [before, after] = [old, newest].map((root) => targetsOf([...everyPart(root)]));
  const compared = new Map<Schema, Set<Schema>>();

  const compare = (one: Schema, other: Schema, path: string) => {
    const from = resolved(one, before);
    const to = resolved(other, after);
    // Schemas that refer to themselves are compared once.
    const known = compared.get(from.source) ?? new Set();
    if (isObject(from.source) && known.has(to.source)) return;
    compared.set(from.source, known.add(to.source));
    for (const look of looks) look(from.keywords, to.keywords, path, report, compare);
  };

  compare(old, newest, "value");
  return found;
}

/** What a schema says, behind its reference where it has one; `false` is told from `true` by `not`. */
function resolved(schema: Schema, targets: ReadonlyMap<string, Schema> | undefined) {
  let source = schema;
  const seen = new Set<Schema>();
  while (isObject(source) && typeof source.$ref === "string" && !seen.has(source)) {
    seen.add(source);
    const target = targets?.get(normalReference(source.$ref));
    if (target === undefined || asks(source).length > 1) break;
    source = target;
  }
  const keywords: Keywords = isObject(source) ? source : source ? {} : { not: {} };
  return { source, keywords };
}

const silent = [
  ...["$schema", "$id", "$anchor", "$dynamicAnchor", "$comment", "$defs", "definitions"],
  ...["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"],
];

/** The keywords that ask something of a value. */
function asks(schema: Keywords): string[] {
  return Object.keys(schema).filter((keyword) => !silent.includes(keyword));
}

type Look = (
  old: Keywords,
  next: Keywords,
  path: string,
  report: Report,
  compare: (old: Schema, next: Schema, path: string) => void,
) => void;

function typesOf({ type }: Keywords): string[] {
  const given = type === undefined ? typeNames : [type].flat().map(String);
  // Every integer is a number.
  return given.includes("number") ? given.filter((name) => name !== "integer") : given;
}

const lookAtTypes: Look = (old, next, path, report) => {
  const [before, after] = [typesOf(old), typesOf(next)];
  const has = (types: string[], name: string) =>
    types.includes(name) || (name === "integer" && types.includes("number"));
  const words = (types: string[]) => (types.length >= 6 ? "anything" : types.join(" or "));
  if (after.some((name) => !has(before, name))) {
    report(path, "type", "receivers", `was ${words(before)} and may be ${words(after)}`);
  }
  if (before.some((name) => !has(after, name))) {
    report(path, "narrowed", "publishers", `was ${words(before)} and must be ${words(after)}`);
  }
};

function choicesOf({ enum: choices, const: only }: Keywords): Set<string> | undefined {
  if (Array.isArray(choices)) return new Set(choices.map(canonical));
  return only === undefined ? undefined : new Set([canonical(only)]);
}

const lookAtChoices: Look = (old, next, path, report) => {
  const [before, after] = [choicesOf(old), choicesOf(next)];
  const added = [...(after ?? [])].filter((choice) => !before?.has(choice));
  const removed = [...(before ?? [])].filter((choice) => !after?.has(choice));
  if (before && !after) report(path, "widened", "receivers", "may have values beside the listed");
  if (before && after && added.length > 0) {
    report(path, "widened", "receivers", `may also be ${listed(added)}`);
  }
  if (after && !before) report(path, "narrowed", "publishers", "must be one of a list");
  if (before && after && removed.length > 0) {
    report(path, "narrowed", "publishers", `must not be ${listed(removed)} any longer`);
  }
};

function listed(texts: readonly string[]): string {
  const shown = texts
    .slice(0, 5)
    .map((text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text));
  return `${shown.join(" or ")}${texts.length > 5 ? " or others" : ""}`;
}

/** Bounds and whether a greater one lets less pass. */
const bounds: readonly (readonly [string, "low" | "high"])[] = [
  ...["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"].map(
    (keyword) => [keyword, "low"] as const,
  ),
  ...["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"].map(
    (keyword) => [keyword, "high"] as const,
  ),
];

const lookAtBounds: Look = (old, next, path, report) => {
  for (const [keyword, side] of bounds) {
    const none = side === "low" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const [before, after] = [Number(old[keyword] ?? none), Number(next[keyword] ?? none)];
    if (before === after) continue;
    const isTighter = side === "low" ? after > before : after < before;
    const words = (bound: number) => (Number.isFinite(bound) ? String(bound) : "none");
    const message = `${keyword} was ${words(before)} and is ${words(after)}`;
    if (isTighter) report(path, "narrowed", "publishers", message);
    else report(path, "widened", "receivers", message);
  }
};

const lookAtProperties: Look = (old, next, path, report, compare) => {
  const [before, after] = [named(old.properties), named(next.properties)];
  const needs = (schema: Keywords) => (Array.isArray(schema.required) ? schema.required : []);
  for (const [name, schema] of Object.entries(before)) {
    const place = `${path}.${name}`;
    const other = Object.hasOwn(after, name) ? after[name] : undefined;
    if (other === undefined) report(place, "removed", "receivers", "is not described any longer");
    else compare(schema, other, place);
  }
  for (const name of needs(old)) {
    const isGone = Object.hasOwn(before, name) && !Object.hasOwn(after, name);
    if (needs(next).includes(name) || isGone) continue;
    report(`${path}.${name}`, "optional", "receivers", "was required and may be absent");
  }
  for (const name of needs(next)) {
    if (needs(old).includes(name)) continue;
    report(`${path}.${name}`, "required", "publishers", "is required now");
  }
};

function named(value: unknown): { readonly [name: string]: Schema } {
  return isObject(value) ? (value as { readonly [name: string]: Schema }) : {}; // it was checked
}

const lookAtRest: Look = (old, next, path, report, compare) => {
  const pairs = ["items", "additionalProperties"] as const;
  for (const keyword of pairs) {
    const [before, after] = [old[keyword] ?? true, next[keyword] ?? true] as [Schema, Schema];
    if (after === false && before !== false) {
      const message = keyword === "items" ? "must have no further items" : "must have no others";
      report(`${path}.*`, "narrowed", "publishers", message);
    } else if (before !== false && isObject(before)) compare(before, after, `${path}.*`);
    else if (isObject(after) && before === true) {
      report(`${path}.*`, "narrowed", "publishers", `must match a schema: ${keyword}`);
    }
  }
  for (const keyword of ["allOf", "prefixItems"]) {
    const [before, after] = [listOf(old[keyword]), listOf(next[keyword])];
    if (before.length !== after.length) {
      report(path, "other", "receivers", `${keyword} has changed`);
      continue;
    }
    for (const [index, schema] of before.entries()) {
      const place = keyword === "allOf" ? path : `${path}.${index}`;
      compare(schema, after[index] ?? true, place);
    }
  }
};

function listOf(value: unknown): Schema[] {
  return Array.isArray(value) ? value : [];
}

const lookedInto = new Set([
  ...["type", "enum", "const", "properties", "required", "items", "additionalProperties"],
  ...["allOf", "prefixItems", "$ref", ...bounds.map(([keyword]) => keyword)],
]);

/** What is only seen to differ. */
const lookAtOthers: Look = (old, next, path, report) => {
  for (const keyword of new Set([...asks(old), ...asks(next)])) {
    if (lookedInto.has(keyword) && !(keyword === "$ref" && asks(old).length > 1)) continue;
    if (canonical(old[keyword] ?? null) === canonical(next[keyword] ?? null)) continue;
    report(path, "other", "receivers", `${keyword} has changed`);
  }
};

const looks: readonly Look[] = [
  lookAtTypes,
  lookAtChoices,
  lookAtBounds,
  lookAtProperties,
  lookAtRest,
  lookAtOthers,
];
