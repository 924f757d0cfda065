import type { Command } from "commander";
import { shellCommand } from "../shell-command.ts";
import { withService } from "../with-service.ts";
import { addSettingsOptions, type SettingsOptions, settingsOf } from "./settings-options.ts";
import { webhookFacts, withoutHeaderValues } from "./shown-webhook.ts";

interface CreateOptions extends SettingsOptions {
  readonly url: string;
  readonly cache?: string;
  readonly name?: string;
  readonly topic?: string;
}

export function addCreate(webhooks: Command): void {
  const create = webhooks
    .command("create")
    .description("Create a webhook; nothing but its URL needs to be given.")
    .requiredOption("--url <url>", "where it is posted to")
    .option("--cache <cache>", "its cache; default: the only one of the key")
    .option("--name <name>", "what it is to be called; default: its id")
    .option("--topic <topic>", "what is published there is posted; default: `default`");
  addSettingsOptions(create).action((options: CreateOptions, command: Command) =>
    withService(command, async ({ client, output }) => {
      const { cache, name, topic, url } = options;
      const { webhook } = await client.createWebhook({
        id: { cacheName: cache, webhookName: name },
        topicName: topic,
        destination: { postUrl: url },
        ...settingsOf(options),
      });
      output.show(withoutHeaderValues(webhook), webhookFacts(webhook));
      const fullName = `${webhook.id.cacheName}/${webhook.id.webhookName}`;
      output.note(`Its secret, for the receiver: ${shellCommand("webhooks secret", [fullName])}`);
    }),
  );
}
