import type { Command } from "commander";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { healthFacts, webhookFacts, withoutHeaderValues } from "./shown-webhook.ts";

interface GetOptions {
  readonly headers?: true;
  readonly health?: true;
}

export function addGet(webhooks: Command): void {
  webhooks
    .command("get")
    .description("Show a webhook with all its settings.")
    .argument(...webhookArgument)
    .option("--headers", "show the custom headers' values, which may be tokens")
    .option("--health", "with its health: since when it fails, why, and what waits")
    .action((name: string, { headers, health }: GetOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, name);
        const webhook = await client.getWebhookDetails({
          webhookId,
          include: health && "health",
        });
        const shown = headers ? webhook : withoutHeaderValues(webhook);
        const values = Object.entries(shown.config.customHeaders);
        output.show(shown, [
          ...webhookFacts(webhook),
          ...(webhook.health ? healthFacts(webhook.health) : []),
          ...(headers ? values.map(([header, value]) => [`  ${header}`, value] as const) : []),
        ]);
      }),
    );
}
