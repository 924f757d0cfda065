import { randomBytes } from "node:crypto";
import { shellCommand } from "../shell-command.ts";
import type { Session } from "../with-service.ts";

interface Wanted {
  readonly cacheName: string;
  readonly topicName: string;
  readonly postUrl: string;
}

/** Puts a webhook, does the work with its secret, and deletes it whatever came of the work. */
export async function withTemporaryWebhook(
  { client, output }: Session,
  { cacheName, topicName, postUrl }: Wanted,
  work: (secret: string) => Promise<void>,
): Promise<void> {
  const webhookName = `listen-${randomBytes(4).toString("hex")}`;
  const { secretString } = await client.putWebhook({
    ...{ cacheName, webhookName, topicName },
    destination: { postUrl },
  });
  const name = `${cacheName}/${webhookName}`;
  output.note(`Listening as ${name} for ${cacheName}/${topicName}: Ctrl-C ends it.`);
  try {
    await work(secretString);
  } finally {
    await client.deleteWebhook({ cacheName, webhookName }).catch((error: unknown) => {
      const again = shellCommand("webhooks delete", [name], ["--yes"]);
      output.note(`It could not be deleted: ${again}`);
      throw error;
    });
    output.note(`Deleted ${name}.`);
  }
}
