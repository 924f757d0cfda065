import type { Command } from "commander";
import { collect } from "../collect.ts";
import { withService } from "../with-service.ts";
import { webhookColumns, withoutHeaderValues } from "./shown-webhook.ts";

interface ListOptions {
  readonly topic?: string;
}

export function addList(webhooks: Command): void {
  webhooks
    .command("list")
    .description("The webhooks of a cache, in the order of their names.")
    .argument("<cache>", "the cache")
    .option("--topic <topic>", "only those of this topic")
    .action((cacheName: string, { topic }: ListOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const found = await collect(client.listWebhooks({ cacheName, topicName: topic }));
        output.list(found.map(withoutHeaderValues), webhookColumns);
        if (found.length === 0) output.note(`No webhook in ${cacheName}.`);
      }),
    );
}
