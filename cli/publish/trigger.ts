import type { Command } from "commander";
import type { Client } from "../../client/client.ts";
import type { EventCode } from "../../shared/contract/values/event.ts";
import { collect, event, positiveInteger } from "../option-values.ts";
import { Failure } from "../output/failure.ts";
import { withService } from "../with-service.ts";

interface TriggerOptions {
  readonly cache?: string;
  readonly topic?: string;
  readonly example: number;
}

export function addTrigger(program: Command): void {
  program
    .command("trigger")
    .description("Publish an example of an event type, and print the message's id.")
    .argument("<event>", "an event of the catalogue", event)
    .option("--cache <cache>", "where to publish it (default: the only cache of the key)")
    .option("--topic <topic>", "its topic (default: the only one that has the event)")
    .option("--example <number>", "which of its examples", positiveInteger, 1)
    .action((event: EventCode, options: TriggerOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const cacheName = options.cache ?? (await onlyCache(client));
        const topicName = options.topic ?? (await onlyTopic(client, event));
        const { examples } = await client.getEventType({ topicName, event });
        if (options.example > examples.length) {
          const advice = "`hookcast event-types put --example <file>` replaces them.";
          const message = `${topicName}/${event} has ${examples.length} examples`;
          throw new Failure("notFound", message, { advice });
        }
        const json = JSON.stringify(examples[options.example - 1]);
        const published = await client.publish({ cacheName, topicName, event, json });
        output.show(published, published.messageId);
        output.note(`Example ${options.example} of ${event} went to ${cacheName}/${topicName}.`);
      }),
    );
}

async function onlyCache(client: Client): Promise<string> {
  const [only, another] = await collect(client.listCaches({}), 2);
  if (only && !another) return only.cacheName;
  const message = only ? "the key has several caches" : "no cache has a webhook yet";
  throw new Failure("usage", message, { advice: "Name one: --cache <cache>." });
}

async function onlyTopic(client: Client, event: EventCode): Promise<string> {
  const types = await collect(client.listEventTypes({}));
  const topics = types.filter((type) => type.event === event).map(({ topicName }) => topicName);
  const [only, another] = topics;
  if (only !== undefined && another === undefined) return only;
  if (only !== undefined) {
    const advice = "Name one: --topic <topic>.";
    throw new Failure("usage", `${event} is an event of ${topics.join(" and ")}`, { advice });
  }
  const advice = "`hookcast event-types list` shows the existing ones.";
  throw new Failure("notFound", `the catalogue has no event ${event}`, { advice });
}
