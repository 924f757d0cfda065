import { memberTexts } from "../../../shared/contract/values/json-text.ts";
import { hookcast } from "../hookcast.ts";
import { indented } from "../json-text.ts";

interface ShownMessage {
  readonly contentType: string;
  /** JSON indented, text as it is, anything else in base64. */
  readonly text: string;
  /** The same, as it was published. */
  readonly raw: string;
  readonly topicName: string;
  readonly event: string | number | null;
  readonly publishedTime: string;
}

export async function readMessage(
  address: { cacheName: string; messageId: string },
  signal: AbortSignal,
): Promise<ShownMessage> {
  const answer = await hookcast().call("getMessage", address, { signal });
  const { contentType, text, binary, topicName, event, publishedTime } = answer.response;
  // Not the parsed value: numbers that JavaScript rounds would be shown as they were not published.
  const json = memberTexts(memberTexts(answer.text).get("response") ?? "").get("value") ?? "";
  const raw = text ?? binary ?? json;
  const facts = { contentType, topicName, event, publishedTime };
  return { ...facts, raw, text: text ?? binary ?? indented(json) };
}
