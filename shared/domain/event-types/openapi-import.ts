import * as z from "zod/mini";
import type { ErrorDetail } from "../../contract/errors.ts";
import { PutEventTypeBody } from "../../contract/event-type.ts";
import { EventCode, EventInQuery } from "../../contract/values/event.ts";
import { TopicName } from "../../contract/values/names.ts";
import { type EventTypeName, ownTopicProblems } from "./event-type-record.ts";
import { takeSchema } from "./exported-schema.ts";
import { type Json, schemaPlace } from "./openapi-export.ts";
import { isObject, isSchema, mapReferences, type Schema } from "./schema-parts.ts";
import { schemaProblems } from "./schema-problems.ts";

/** What a document asks to put. */
export interface ImportedType {
  readonly name: EventTypeName;
  readonly body: PutEventTypeBody;
  /** Where it is in the document, for complaints. */
  readonly path: string;
}

export interface ReadDocument {
  readonly types: ImportedType[];
  readonly problems: ErrorDetail[];
}

const Extension = z.looseObject({
  topicName: z.optional(TopicName),
  event: z.optional(EventCode),
  ...z.pick(PutEventTypeBody, { status: true, validate: true, audience: true }).shape,
});

const maxWebhooks = 1_000;

/** The event types that a document describes, and all that is wrong with it. */
export function readOpenApi(document: Json, usualTopic: string): ReadDocument {
  const webhooks = Object.entries(isObject(document.webhooks) ? document.webhooks : {});
  const problems: ErrorDetail[] = [];
  if (webhooks.length > maxWebhooks) {
    const message = `must have at most ${maxWebhooks} webhooks`;
    return { types: [], problems: [{ path: "document.webhooks", message }] };
  }
  const types: ImportedType[] = [];
  const seen = new Set<string>();
  for (const [webhook, item] of webhooks) {
    const path = `document.webhooks.${webhook}`;
    const read = readWebhook(webhook, item, path, document, usualTopic);
    if (Array.isArray(read)) {
      problems.push(...read);
      continue;
    }
    const key = `${read.name.topicName}/${read.name.event}`;
    if (seen.has(key)) problems.push({ path, message: `repeats the event type ${key}` });
    seen.add(key);
    types.push(read);
  }
  return { types, problems };
}

function readWebhook(
  webhook: string,
  item: unknown,
  path: string,
  document: Json,
  usualTopic: string,
): ImportedType | ErrorDetail[] {
  const operation = resolve(memberOf(resolve(item, document), "post", "put"), document);
  if (!isObject(operation)) return [{ path, message: "must have a post operation" }];
  const extension = z.safeParse(Extension, operation["x-hookcast"] ?? {});
  if (!extension.success) {
    const message = "must have legal fields: topicName, event, status, validate, audience";
    return [{ path: `${path}.post.x-hookcast`, message }];
  }
  const { topicName = usualTopic, event: given, ...settings } = extension.data;
  const event = given === undefined ? z.safeParse(EventInQuery, webhook).data : given;
  if (event === undefined) {
    return [{ path, message: "must be named as an event is, such as invoice.paid or 101" }];
  }
  const name = { topicName, event };
  const content = contentOf(operation, document);
  const schema = isSchema(content.schema)
    ? withComponents(takeSchema(content.schema, schemaPlace(webhook), name), document)
    : content.schema;
  const isOurs = operation["x-hookcast"] !== undefined;
  const fields = {
    description: operation.description ?? operation.summary ?? (isOurs ? null : undefined),
    group: firstOf(operation.tags) ?? (isOurs ? null : undefined),
    status: operation.deprecated === true ? "deprecated" : undefined,
    schema: schema ?? (isOurs ? null : undefined),
    examples: examplesOf(content, document) ?? (isOurs ? [] : undefined),
    ...pick(settings),
  };
  const body = z.safeParse(PutEventTypeBody, withoutUndefined(fields));
  const problems = [
    ...ownTopicProblems(topicName).map(({ message }) => ({ path, message: `topic ${message}` })),
    ...(schema === undefined || schema === null
      ? []
      : schemaProblems(schema, `${path}.post.requestBody.content.application/json.schema`)),
    ...(body.success ? [] : body.error.issues.map((issue) => issueIn(path, issue))),
  ];
  return problems.length > 0 || !body.success ? problems : { name, body: body.data, path };
}

function issueIn(path: string, { path: at, message }: z.core.$ZodIssue): ErrorDetail {
  const words = message === "Invalid input" ? "is not valid" : message;
  return { path: [path, "post", ...at].join("."), message: words };
}

function pick({ status, validate, audience }: z.infer<typeof Extension>) {
  return withoutUndefined({ status, validate, audience });
}

function withoutUndefined(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

function memberOf(object: unknown, ...names: readonly string[]): unknown {
  if (!isObject(object)) return undefined;
  const name = names.find((one) => Object.hasOwn(object, one));
  return name === undefined ? undefined : object[name];
}

/** What a reference within the document stands for; anything else as it is. */
function resolve(value: unknown, document: Json): unknown {
  let found = value;
  for (let n = 0; n < 10 && isObject(found) && typeof found.$ref === "string"; n += 1) {
    found = at(document, found.$ref);
  }
  return found;
}

function at(document: Json, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  const parts = reference.slice(2).split("/").map(partOf);
  return parts.reduce<unknown>((value, part) => memberOf(value, part), document);
}

function partOf(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return text;
  }
}

/** The part about JSON of what an operation posts. */
function contentOf(operation: Json, document: Json): Json {
  const body = resolve(operation.requestBody, document);
  const kinds = isObject(body) && isObject(body.content) ? Object.entries(body.content) : [];
  const [, content] = kinds.find(([kind]) => /^application\/(json|[^;]*\+json)\b/.test(kind)) ?? [];
  return isObject(content) ? { ...content } : {};
}

function examplesOf({ example, examples }: Json, document: Json): unknown[] | undefined {
  if (example !== undefined) return [example];
  if (!isObject(examples)) return undefined;
  return Object.values(examples).flatMap((one) => {
    const found = resolve(one, document);
    return isObject(found) && found.value !== undefined ? [found.value] : [];
  });
}

const components = "#/components/schemas/";

/** The schema together with the components that it refers to, since it must stand alone. */
function withComponents(schema: Schema, document: Json): Schema {
  const needed = new Map<string, Schema>();
  const gather = (part: Schema): Schema =>
    mapReferences(part, (reference) => {
      if (!reference.startsWith(components)) return reference;
      const rest = reference.slice(components.length);
      const [encoded = ""] = rest.split("/");
      const name = partOf(encoded);
      const found = at(document, components + encoded);
      if (!needed.has(name) && isSchema(found)) {
        needed.set(name, true);
        needed.set(name, gather(found));
      }
      return `#/$defs/${rest}`;
    });
  const gathered = gather(schema);
  if (needed.size === 0 || !isObject(gathered)) return gathered;
  const own = isObject(gathered.$defs) ? gathered.$defs : {};
  return { ...gathered, $defs: { ...Object.fromEntries(needed), ...own } };
}
