import type { Client } from "../../client/client.ts";
import type { PublishInput } from "../../client/publish.ts";
import type { Route } from "../../shared/contract/route.ts";
import { type OperationId, routes } from "../../shared/contract/routes.ts";
import { memberTexts } from "../../shared/contract/values/json-text.ts";

/** Whatever an agent reads may end in a log of somebody else's, so no tool hands out a secret or a session. */
const withheld: ReadonlySet<string> = new Set<string>([
  "createPortalSession",
  // One message at a time is enough, and the document is as long as all others together.
  "publishBatch",
  "getOpenApi",
]);

/** What is offered: operations that read, and with changes allowed all but those that are about secrets. */
export function offeredOperations(allowChanges: boolean): OperationId[] {
  return Object.values<Route>(routes)
    .filter(({ id, permission }) => permission !== "secret" && !withheld.has(id))
    .filter((route) => allowChanges || onlyReads(route))
    .map(({ id }) => id as OperationId); // it stands under its own id
}

export function onlyReads({ permission }: Route): boolean {
  return permission === "read" || permission === null;
}

/** `listWebhooks` → `list_webhooks` */
export function toolName(id: string): string {
  return id.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What an agent reads of a message or of a page; a whole message could fill all that it can keep in mind. */
const maxCharacters = 40_000;
const pageSize = 50;

/** Secrets stay out of whatever an agent says or stores. */
const secretFields = /"(secretString|secret)":"(?:[^"\\]|\\.)*"/g;

/** Does what a tool is for, and returns the response as JSON. */
export async function callOperation(
  client: Client,
  id: OperationId,
  input: Readonly<Record<string, unknown>>,
  isPaged: boolean,
): Promise<string> {
  // The service checks every field itself, and says of each what is wrong.
  if (id === "publish") return JSON.stringify(await client.publish(input as PublishInput));
  const given = isPaged ? { limit: pageSize, ...input } : input;
  const call = client.call as (operation: string, fields: unknown) => Promise<{ text: string }>;
  const { text } = await call(id, given);
  // A bare answer has no envelope.
  const response = memberTexts(text).get("response") ?? text;
  return shortened(response.replaceAll(secretFields, '"$1":"•••"'));
}

export function shortened(text: string): string {
  if (text.length <= maxCharacters) return text;
  const rest = text.length - maxCharacters;
  return `${text.slice(0, maxCharacters)}… and ${rest} more characters. Ask for less, or use the command line.`;
}
