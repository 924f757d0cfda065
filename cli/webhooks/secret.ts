import type { Command } from "commander";
import { webhookArgument, webhookNamesOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

export function addSecret(webhooks: Command): void {
  webhooks
    .command("secret")
    .description("Print a webhook's secret, with which its receiver verifies deliveries.")
    .argument(...webhookArgument)
    .action((name: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const found = await client.getWebhookSecret(await webhookNamesOf(client, name));
        output.show(found, found.secret);
      }),
    );
}
