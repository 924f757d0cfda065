import type { Command } from "commander";
import type { MessageSummary } from "../../shared/contract/message.ts";
import type { EventCode } from "../../shared/contract/values/event.ts";
import { collect, event, moment, positiveInteger } from "../option-values.ts";
import type { Column } from "../output/table.ts";
import { withService } from "../with-service.ts";

interface ListOptions {
  readonly topic?: string;
  readonly event?: EventCode;
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
}

const maxPage = 1_000;

const columns: readonly Column<MessageSummary>[] = [
  { title: "MESSAGE", cell: ({ messageId }) => messageId, isWhole: true },
  { title: "PUBLISHED", cell: ({ publishedTime }) => publishedTime, isWhole: true, isTime: true },
  { title: "TOPIC", cell: ({ topicName }) => topicName },
  { title: "EVENT", cell: (message) => message.event },
  { title: "PRODUCT", cell: ({ productId }) => productId, isNumber: true, spare: 1 },
];

export function addList(messages: Command): void {
  messages
    .command("list")
    .description("List a cache's stored messages, newest published first.")
    .argument("<cache>", "the cache that they were published to")
    .option("--topic <topic>", "only this topic")
    .option("--event <event>", "only this event", event)
    .option(
      "--since <time>",
      "only messages published at this time or later (default: 24h)",
      moment,
    )
    .option("--until <time>", "only messages published before this time", moment)
    .option("--limit <number>", "the largest number of rows", positiveInteger, 50)
    .action(
      (
        cacheName: string,
        { topic, limit, since = moment("24h"), ...filter }: ListOptions,
        command: Command,
      ) =>
        withService(command, async ({ client, output }) => {
          const page = {
            cacheName,
            topicName: topic,
            since,
            ...filter,
            limit: Math.min(limit, maxPage),
          };
          const found = await collect(client.listMessages(page), limit);
          output.list(found, columns);
          if (found.length === 0) output.note(`No message in ${cacheName} since ${since}.`);
          if (found.length === limit)
            output.note(`There may be more: --limit ${limit} was reached.`);
        }),
    );
}
