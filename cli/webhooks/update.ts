import type { Command } from "commander";
import { Failure } from "../output/failure.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { addSettingsOptions, type SettingsOptions, settingsOf } from "./settings-options.ts";
import { webhookFacts, withoutHeaderValues } from "./shown-webhook.ts";

export function addUpdate(webhooks: Command): void {
  const update = webhooks
    .command("update")
    .description("Change a webhook's settings. Options that you leave out stay the same.")
    .argument(...webhookArgument)
    .option("--url <url>", "the URL to post messages to");
  addSettingsOptions(update).action((name: string, options: SettingsOptions, command: Command) =>
    withService(command, async ({ client, output }) => {
      if (Object.keys(options).length === 0) {
        throw new Failure("usage", "there is nothing to change: give at least one option");
      }
      const webhookId = await webhookIdOf(client, name);
      const { response, etag } = await client.call("getWebhookDetails", { webhookId });
      if (!response) throw new Error("the service answered without the webhook");
      const { productId, events, config } = response;
      const { customHeader: _again, ...settings } = config;
      const { config: changes, ...others } = settingsOf(options);
      const updated = await client.updateWebhookDetails(
        {
          ...{ webhookId, productId, events, ...others },
          config: { ...settings, ...changes, ...(options.url && { url: options.url }) },
        },
        // Whoever changed it since it was read is not overwritten.
        { headers: { "if-match": etag } },
      );
      output.show(withoutHeaderValues(updated), webhookFacts(updated));
    }),
  );
}
