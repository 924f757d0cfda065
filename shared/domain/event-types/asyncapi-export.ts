import type { EventTypeRecord } from "./event-type-record.ts";
import { fragmentOf, placeByPointers } from "./exported-schema.ts";
import type { Json } from "./openapi-export.ts";

/** How AsyncAPI calls the kind of schemas that these are. */
const schemaFormat = "application/schema+json;version=2020-12";

/** The event types as an AsyncAPI 3 document: a channel for each topic, to which the service sends. */
export function asyncApiOf(types: readonly EventTypeRecord[]): Json {
  const byTopic = Map.groupBy(types, ({ facts }) => facts.topicName);
  const takeName = namesWithoutEqual();
  const [channels, operations, messages]: Record<string, Json>[] = [{}, {}, {}];
  for (const [topicName, ofTopic] of byTopic) {
    const channel = takeName(topicName);
    const names = ofTopic.map(({ facts }) => takeName(`${topicName}.${facts.event}`));
    for (const [index, type] of ofTopic.entries()) {
      const name = names[index] ?? "";
      if (messages) messages[name] = messageOf(type, name);
    }
    if (channels) {
      channels[channel] = {
        address: topicName,
        messages: Object.fromEntries(
          names.map((name) => [name, { $ref: `#${fragmentOf("components", "messages", name)}` }]),
        ),
      };
    }
    if (operations) {
      operations[takeName(`send.${topicName}`)] = {
        action: "send",
        channel: { $ref: `#${fragmentOf("channels", channel)}` },
        messages: names.map((name) => ({
          $ref: `#${fragmentOf("channels", channel, "messages", name)}`,
        })),
      };
    }
  }
  return {
    asyncapi: "3.0.0",
    info: { title: "Events", version: "1" },
    defaultContentType: "application/json",
    channels,
    operations,
    components: { messages },
  };
}

function messageOf({ facts, schema, examples }: EventTypeRecord, name: string): Json {
  const { topicName, event, description, group, status, audience } = facts;
  const place = fragmentOf("components", "messages", name, "payload", "schema");
  return {
    name: String(event),
    contentType: "application/json",
    ...(description !== null && { description }),
    ...(group !== null && { tags: [{ name: group }] }),
    ...(schema !== null && {
      payload: { schemaFormat, schema: placeByPointers(schema, place) },
    }),
    ...(examples.length > 0 && { examples: examples.map((payload) => ({ payload })) }),
    "x-hookcast": { topicName, event, status, audience },
  };
}

/** Names as AsyncAPI takes them, each once. */
function namesWithoutEqual(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const plain = wanted.replace(/[^A-Za-z0-9._-]/g, "_");
    let name = plain;
    for (let n = 2; taken.has(name); n += 1) name = `${plain}_${n}`;
    taken.add(name);
    return name;
  };
}
