import * as z from "zod/mini";
import { isImplied } from "../permission.ts";
import type { Route, Tag } from "../route.ts";
import { parametersOf } from "./parameters.ts";
import { jsonContent, responsesOf } from "./responses.ts";
import type { Json, SchemaWriter } from "./schema.ts";

/** One operation of the document. */
export function operationOf(route: Route, schemas: SchemaWriter): Json {
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    description: `${route.description}${permissionNote(route)}`,
    ...(route.permission === null && { security: [] }),
    parameters: parametersOf(route, schemas),
    ...(route.body && { requestBody: requestBody(route, schemas) }),
    responses: responsesOf(route, schemas),
  };
}

/** What the operations are about, each with a sentence. */
export const tags: Record<Tag, string> = {
  webhooks: "A webhook is a subscription: a topic, and the URL that its messages are posted to.",
  messages: "A message is a value published to a topic.",
  eventTypes: "An event type says what the messages of an event carry, for every cache.",
  portal: "A portal session lets one of your customers see to the webhooks of their own cache.",
  meta: "About this API itself; no key is needed.",
};

function permissionNote({ permission }: Route): string {
  if (permission === null) return "";
  if (permission === "session") return "\n\nOnly for portal sessions; no key is taken.";
  const implied = isImplied(permission) ? ", which `manage` includes" : "";
  return `\n\nThe key needs the permission \`${permission}\`${implied}.`;
}

function requestBody(route: Route, schemas: SchemaWriter): Json {
  if (route.body === "bytes") return bytesBody(schemas);
  const type = route.bodyInDocs ?? route.body;
  if (!type) return {};
  const required = !z.safeParse(type, undefined).success;
  return { required, ...jsonContent(schemas.write(type, "input"), route.example?.body) };
}

/**
 * Any JSON, kind by kind: with the empty schema, clients in languages that choose the media type by the type of the value
 * could not tell a value from bytes. A list is said in a way that leaves no type parameter; integers are numbers to
 * JSON Schema but not to every language.
 */
const jsonValue = {
  description: "Any JSON.",
  anyOf: [
    { title: "JsonObject", type: "object" },
    { title: "JsonList", allOf: [{ type: "array" }] },
    ...["string", "integer", "number", "boolean", "null"].map((type) => ({ type })),
  ],
};

function bytesBody(schemas: SchemaWriter): Json {
  return {
    description:
      "The value itself, at most 262,144 bytes. `application/json` and `+json` types must be JSON, " +
      "`text/*` is text in UTF-8, and any other type is binary and not checked. A form " +
      "(`application/x-www-form-urlencoded`) needs `?raw=true`. A `Content-Encoding` or another " +
      "charset is refused.",
    required: true,
    content: {
      "application/json": {
        schema: schemas.name("JsonValue", jsonValue),
        example: { amount: 12 },
      },
      "text/plain": { schema: { type: "string" }, example: "Here I am!!" },
      "application/octet-stream": { schema: { type: "string", format: "binary" } },
    },
  };
}
