import type { Command } from "commander";
import { confirm } from "../ask.ts";
import { webhookArgument, webhookNamesOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

interface DeleteOptions {
  readonly yes?: true;
}

export function addDelete(webhooks: Command): void {
  webhooks
    .command("delete")
    .description("Delete a webhook. What still waits for it is not delivered.")
    .argument(...webhookArgument)
    .option("--yes", "do not ask")
    .action((name: string, { yes }: DeleteOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const names = await webhookNamesOf(client, name);
        const { cacheName, webhookName } = names;
        if (!yes) await confirm(`Delete ${cacheName}/${webhookName}?`);
        await client.deleteWebhook({ cacheName, webhookName });
        output.show({ cacheName, webhookName }, `deleted ${cacheName}/${webhookName}`);
      }),
    );
}
