import type { Command } from "commander";
import { shellCommand } from "../shell-command.ts";
import { namedWebhook } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { addSettingsOptions, type SettingsOptions, settingsOf } from "./settings-options.ts";
import { webhookFacts, withoutHeaderValues } from "./shown-webhook.ts";

interface PutOptions extends SettingsOptions {
  readonly url: string;
  readonly topic: string;
}

export function addPut(webhooks: Command): void {
  const put = webhooks
    .command("put")
    .description("Create a webhook, or replace its topic, its URL and whatever else is given.")
    .argument("<cache/name>", "what it is to be called")
    .requiredOption("--topic <topic>", "what is published there is posted")
    .requiredOption("--url <url>", "where it is posted to");
  addSettingsOptions(put).action((name: string, options: PutOptions, command: Command) =>
    withService(command, async ({ client, output }) => {
      const { webhook } = await client.putWebhook({
        ...namedWebhook(name),
        topicName: options.topic,
        destination: { postUrl: options.url },
        ...settingsOf(options),
      });
      output.show(withoutHeaderValues(webhook), webhookFacts(webhook));
      output.note(`Its secret, for the receiver: ${shellCommand("webhooks secret", [name])}`);
    }),
  );
}
