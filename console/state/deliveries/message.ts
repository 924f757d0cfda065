import { memberTexts } from "../../../shared/contract/values/json-text.ts";
import { hookcast } from "../hookcast.ts";
import { indented } from "../json-text.ts";

interface ShownMessage {
  readonly contentType: string;
  /** JSON indented, text as it is, anything else in base64. */
  readonly text: string;
}

export async function readMessage(
  address: { cacheName: string; messageId: string },
  signal: AbortSignal,
): Promise<ShownMessage> {
  const answer = await hookcast().call("getMessage", address, { signal });
  const { contentType, text, binary } = answer.response;
  // Not the parsed value: numbers that JavaScript rounds would be shown as they were not published.
  const json = memberTexts(memberTexts(answer.text).get("response") ?? "").get("value") ?? "";
  return { contentType, text: text ?? binary ?? indented(json) };
}
