import type { EventTypeRecord } from "./event-type-record.ts";
import { fragmentOf, placeSchema } from "./exported-schema.ts";

export type Json = Record<string, unknown>;

/** Where the schema of a webhook is in a document. */
export function schemaPlace(webhook: string): string {
  const content = ["requestBody", "content", "application/json", "schema"];
  return fragmentOf("webhooks", webhook, "post", ...content);
}

/** The event types as the `webhooks` of an OpenAPI 3.1 document, each under its event where no other has that. */
export function openApiOf(types: readonly EventTypeRecord[]): Json {
  const counts = Map.groupBy(types, ({ facts }) => String(facts.event));
  const webhooks = types.map((type): [string, Json] => {
    const { topicName, event } = type.facts;
    const isAlone = counts.get(String(event))?.length === 1;
    const name = isAlone ? String(event) : `${topicName}/${event}`;
    return [name, { post: operationOf(type, name) }];
  });
  return {
    openapi: "3.1.0",
    info: { title: "Events", version: "1" },
    webhooks: Object.fromEntries(webhooks),
  };
}

function operationOf({ facts, schema, examples }: EventTypeRecord, name: string): Json {
  const { topicName, event, description, group, status, validate, audience } = facts;
  const content = {
    ...(schema !== null && { schema: placeSchema(schema, schemaPlace(name), facts) }),
    ...(examples.length > 0 && {
      examples: Object.fromEntries(
        examples.map((value, index) => [`example${index + 1}`, { value }]),
      ),
    }),
  };
  return {
    ...(description !== null && { description }),
    ...(group !== null && { tags: [group] }),
    ...(status !== "active" && { deprecated: true }),
    requestBody: { content: { "application/json": content } },
    responses: { "2XX": { description: "The event was received." } },
    "x-hookcast": { topicName, event, status, validate, audience },
  };
}
