import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { askForSecret } from "./input.ts";
import { Failure, unreadable } from "./output/failure.ts";
import { webhookNamesOf } from "./webhook-name.ts";
import { withService } from "./with-service.ts";

/** Never the secret itself: other users of the machine see a command's arguments. */
export interface SecretOptions {
  readonly webhook?: string;
  readonly secretFile?: string;
}

export function addSecretOptions(command: Command): Command {
  return command
    .option("--webhook <webhook>", "get the secret of this webhook from the service")
    .option("--secret-file <file>", "read the secret from a file")
    .addHelpText("after", "Without either, the secret comes from HOOKCAST_SECRET or a prompt.");
}

/** The secret that deliveries are verified with, from wherever it is to be had. */
export async function secretFrom(
  command: Command,
  { webhook, secretFile }: SecretOptions,
): Promise<string> {
  if (webhook !== undefined) return await secretOfWebhook(command, webhook);
  if (secretFile !== undefined) return await fileSecret(secretFile);
  if (process.env.HOOKCAST_SECRET) return process.env.HOOKCAST_SECRET;
  if (process.stdin.isTTY) return await askForSecret("Secret of the webhook: ");
  const advice = "Give --webhook, --secret-file or HOOKCAST_SECRET.";
  throw new Failure("usage", "there is no secret to verify with", { advice });
}

/** What the file holds, but for the line break at its end. */
export async function fileSecret(file: string): Promise<string> {
  return (await readFile(file, "utf8").catch(unreadable(file))).trim();
}

async function secretOfWebhook(command: Command, webhook: string): Promise<string> {
  return await withService(command, async ({ client }) => {
    const { secret } = await client.getWebhookSecret(await webhookNamesOf(client, webhook));
    return secret;
  });
}
