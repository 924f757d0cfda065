import type { Command } from "commander";
import type { Webhook } from "../../shared/contract/webhook.ts";
import { collect } from "../collect.ts";
import type { Column } from "../output/table.ts";
import { withService } from "../with-service.ts";
import { webhookColumns, withoutHeaderValues } from "./shown-webhook.ts";

interface ListOptions {
  readonly topic?: string;
}

/** The cache stands before the name where webhooks of several are listed. */
const cacheColumn: Column<Webhook> = {
  title: "CACHE",
  cell: ({ id }) => id.cacheName,
  isWhole: true,
};

export function addList(webhooks: Command): void {
  webhooks
    .command("list")
    .description(
      "The webhooks of a cache, or of every cache of the key, in the order of their names.",
    )
    .argument("[cache]", "the cache; default: all that the key covers")
    .option("--topic <topic>", "only those of this topic")
    .action((cacheName: string | undefined, { topic }: ListOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const all =
          cacheName === undefined
            ? client.listAllWebhooks({ topicName: topic })
            : client.listWebhooks({ cacheName, topicName: topic });
        const found = await collect(all);
        const columns = cacheName === undefined ? [cacheColumn, ...webhookColumns] : webhookColumns;
        output.list(found.map(withoutHeaderValues), columns);
        if (found.length > 0) return;
        output.note(cacheName === undefined ? "No webhook." : `No webhook in ${cacheName}.`);
      }),
    );
}
