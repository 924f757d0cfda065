import type { Client } from "../../client/client.ts";
import type { PublishInput } from "../../client/publish.ts";
import type { OperationId } from "../../shared/contract/routes.ts";
import { memberTexts } from "../../shared/contract/values/json-text.ts";

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
