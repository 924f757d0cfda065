import type { Client } from "../client/client.ts";
import { Failure } from "./output/failure.ts";
import { shellCommand } from "./shell-command.ts";

interface NamedWebhook {
  readonly cacheName: string;
  readonly webhookName: string;
}

export const webhookArgument = ["<webhook>", "<cache>/<name>, or the id whk_…"] as const;

/** The two parts of `<cache>/<name>`: no name holds a slash. */
export function partsOf(text: string, form: string): readonly [string, string] {
  const [cache = "", name = "", ...rest] = text.split("/");
  if (cache === "" || name === "" || rest.length > 0) {
    throw new Failure("usage", `${text} is not of the form ${form}`);
  }
  return [cache, name];
}

export function namedWebhook(text: string): NamedWebhook {
  const [cacheName, webhookName] = partsOf(text, "<cache>/<webhook>");
  return { cacheName, webhookName };
}

/** The id of a webhook, which its cache's list tells. */
export async function webhookIdOf(client: Client, text: string): Promise<string> {
  if (isId(text)) return text;
  const { cacheName, webhookName } = namedWebhook(text);
  for await (const { id, webhookId } of client.listWebhooks({ cacheName })) {
    if (id.webhookName === webhookName) return webhookId;
  }
  const advice = `\`${shellCommand("webhooks list", [cacheName])}\` shows the existing ones.`;
  throw new Failure("notFound", `there is no webhook ${text}`, { advice });
}

/** The names of a webhook, which its details tell. */
export async function webhookNamesOf(client: Client, text: string): Promise<NamedWebhook> {
  if (!isId(text)) return namedWebhook(text);
  return (await client.getWebhookDetails({ webhookId: text })).id;
}

function isId(text: string): boolean {
  return !text.includes("/") && text.startsWith("whk_");
}
