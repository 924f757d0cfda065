import type { Command } from "commander";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { webhookFacts, withoutHeaderValues } from "./shown-webhook.ts";

interface GetOptions {
  readonly headers?: true;
}

export function addGet(webhooks: Command): void {
  webhooks
    .command("get")
    .description("A webhook with all its settings.")
    .argument(...webhookArgument)
    .option("--headers", "show the custom headers' values, which may be tokens")
    .action((name: string, { headers }: GetOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, name);
        const webhook = await client.getWebhookDetails({ webhookId });
        const shown = headers ? webhook : withoutHeaderValues(webhook);
        const values = Object.entries(shown.config.customHeaders);
        output.show(shown, [
          ...webhookFacts(webhook),
          ...(headers ? values.map(([header, value]) => [`  ${header}`, value] as const) : []),
        ]);
      }),
    );
}
