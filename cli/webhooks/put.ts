import type { Command } from "commander";
import { fileSecret } from "../secret-source.ts";
import { shellCommand } from "../shell-command.ts";
import { namedWebhook } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { addSettingsOptions, type SettingsOptions, settingsOf } from "./settings-options.ts";
import { webhookFacts, withoutHeaderValues } from "./shown-webhook.ts";

interface PutOptions extends SettingsOptions {
  readonly url: string;
  readonly secretFile?: string;
  readonly topic: string;
}

export function addPut(webhooks: Command): void {
  const put = webhooks
    .command("put")
    .description(
      "Create a webhook, or replace its topic, its URL and the other options that you give.",
    )
    .argument("<cache/name>", "the webhook as <cache>/<name>")
    .requiredOption("--topic <topic>", "the topic whose messages it gets")
    .requiredOption("--url <url>", "the URL to post to")
    .option("--secret-file <file>", "a file with the secret to sign with (default: a new one)");
  addSettingsOptions(put).action((name: string, options: PutOptions, command: Command) =>
    withService(command, async ({ client, output }) => {
      const { webhook } = await client.putWebhook({
        ...namedWebhook(name),
        topicName: options.topic,
        destination: { postUrl: options.url },
        ...settingsOf(options),
        ...(options.secretFile && { secretString: await fileSecret(options.secretFile) }),
      });
      output.show(withoutHeaderValues(webhook), webhookFacts(webhook));
      output.note(`Its secret, for the receiver: ${shellCommand("webhooks secret", [name])}`);
    }),
  );
}
