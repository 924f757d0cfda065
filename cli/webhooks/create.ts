import type { Command } from "commander";
import { fileSecret } from "../secret-source.ts";
import { shellCommand } from "../shell-command.ts";
import { withService } from "../with-service.ts";
import { addSettingsOptions, type SettingsOptions, settingsOf } from "./settings-options.ts";
import { webhookFacts, withoutHeaderValues } from "./shown-webhook.ts";

interface CreateOptions extends SettingsOptions {
  readonly url: string;
  readonly secretFile?: string;
  readonly cache?: string;
  readonly name?: string;
  readonly topic?: string;
}

export function addCreate(webhooks: Command): void {
  const create = webhooks
    .command("create")
    .description("Create a webhook. Only its URL is required.")
    .requiredOption("--url <url>", "the URL to post to")
    .option("--secret-file <file>", "a file with the secret to sign with (default: a new one)")
    .option(
      "--cache <cache>",
      "its cache, the name of the tenant (default: the only one of the key)",
    )
    .option("--name <name>", "its name (default: its id)")
    .option("--topic <topic>", "its topic (default: `default`)");
  addSettingsOptions(create).action((options: CreateOptions, command: Command) =>
    withService(command, async ({ client, output }) => {
      const { cache, name, topic, url } = options;
      const { webhook } = await client.createWebhook({
        id: { cacheName: cache, webhookName: name },
        topicName: topic,
        destination: { postUrl: url },
        ...settingsOf(options),
        ...(options.secretFile && { secretString: await fileSecret(options.secretFile) }),
      });
      output.show(withoutHeaderValues(webhook), webhookFacts(webhook));
      const fullName = `${webhook.id.cacheName}/${webhook.id.webhookName}`;
      output.note(`Its secret, for the receiver: ${shellCommand("webhooks secret", [fullName])}`);
    }),
  );
}
