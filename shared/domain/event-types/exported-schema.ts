import type { EventTypeName } from "./event-type-record.ts";
import {
  everyPart,
  isObject,
  mapReferences,
  normalReference,
  type Schema,
} from "./schema-parts.ts";

/**
 * A schema as a part of a document, at that pointer: a reference within it would otherwise lead to the document's
 * root. One that names its parts is made a resource of its own, in which its references hold.
 */
export function placeSchema(schema: Schema, pointer: string, name: EventTypeName): Schema {
  if (!isObject(schema) || "$id" in schema) return schema;
  const namesParts = [...everyPart(schema)].some(
    ({ schema: part }) => isObject(part) && ("$anchor" in part || "$dynamicAnchor" in part),
  );
  if (namesParts) return { $id: identifierOf(name), ...schema };
  return mapReferences(schema, (reference) => `#${pointer}${reference.slice(1)}`);
}

/**
 * The same for readers that follow pointers from the document's root and nothing else, as those of AsyncAPI do: names
 * that parts give themselves are replaced by where these parts are.
 */
export function placeByPointers(schema: Schema, pointer: string): Schema {
  if (!isObject(schema)) return schema;
  const places = new Map<string, string>();
  for (const { schema: part, at } of everyPart(schema)) {
    if (!isObject(part)) continue;
    for (const name of [part.$anchor, part.$dynamicAnchor]) {
      if (typeof name === "string") places.set(`#${name}`, fragmentOf(...at));
    }
  }
  const { $id: _base, ...others } = schema;
  return mapReferences(others, (reference) => {
    const place = places.get(normalReference(reference));
    return `#${pointer}${place ?? reference.slice(1)}`;
  });
}

/** The schema as it was before it was placed there. */
export function takeSchema(schema: Schema, pointer: string, name: EventTypeName): Schema {
  if (!isObject(schema)) return schema;
  const { $id, ...others } = schema;
  if ($id !== undefined) return $id === identifierOf(name) ? others : schema;
  return mapReferences(schema, (reference) => {
    const rest = reference.slice(1 + pointer.length);
    const isOwn = reference.startsWith(`#${pointer}`) && (rest === "" || rest.startsWith("/"));
    return isOwn ? `#${rest}` : reference;
  });
}

function identifierOf({ topicName, event }: EventTypeName): string {
  const names = [topicName, event].map((part) => encodeURIComponent(part));
  return `urn:hookcast:event-type:${names.join(":")}`;
}

/** A place in a document, as a reference spells it. */
export function fragmentOf(...parts: readonly string[]): string {
  const escaped = parts.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"));
  return escaped.map((part) => `/${encodeURIComponent(part)}`).join("");
}
