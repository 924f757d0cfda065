import type { Payload } from "../../contract/message.ts";

/** SQS bills chunks of 64 KiB; what is left of one beside the value is room for names and ids. */
const maxInlineBytes = 60 * 1024;

/** Whether a value travels in the queue message; a longer one is stored once and carried by reference. */
export function fitsInline(payload: Payload): boolean {
  const longest = payload.kind === "binary" ? payload.base64.length : payload.text.length;
  if (longest > maxInlineBytes) return false;
  return Buffer.byteLength(JSON.stringify(payload)) <= maxInlineBytes;
}
