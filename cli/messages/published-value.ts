import type { GetMessageResponse } from "../../shared/contract/operations/messages/get-message.ts";
import { memberTexts } from "../../shared/contract/values/json-text.ts";

/** The bytes that were published; `json` is the message as the service wrote it. */
export function publishedValue({ text, binary }: GetMessageResponse, json: string): Buffer {
  if (text !== undefined) return Buffer.from(text);
  if (binary !== undefined) return Buffer.from(binary, "base64");
  return Buffer.from(memberTexts(json).get("value") ?? "");
}
