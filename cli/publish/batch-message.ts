import * as z from "zod/mini";
import type { BatchMessage } from "../../client/publish-batch.ts";
import { maxMessageBytes } from "../../shared/contract/message.ts";
import { BatchEntry } from "../../shared/contract/operations/messages/publish-batch.ts";
import { memberTexts } from "../../shared/contract/values/json-text.ts";
import type { Line } from "./lines.ts";

export interface MessageOptions {
  /** Whether a line is an entry as publishBatch takes them, in place of a value. */
  readonly areEntries: boolean;
  readonly forAll: Pick<BatchMessage, "event" | "productId">;
  /** What each line's own idempotency key begins with. */
  readonly idempotencyKey?: string | undefined;
}

/** An entry says more than its value; what it says of itself is refused by the service, more than this is not read. */
export const maxLineBytes = 2 * maxMessageBytes;

/** The message of a line, or what is wrong with the line. */
export function batchMessage(
  { number, bytes }: Line,
  { areEntries, forAll, idempotencyKey }: MessageOptions,
): BatchMessage | string {
  if (bytes === undefined) return `is too large: more than ${maxLineBytes} bytes`;
  const json = jsonOf(bytes);
  if (json === undefined) return "is not JSON";
  const given =
    idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey}-${number}` };
  if (!areEntries) return { json, ...forAll, ...given };
  const entry = z.safeParse(BatchEntry, JSON.parse(json));
  if (!entry.success) return `is no entry: ${firstIssue(entry.error)}`;
  const { value: _value, text, binary, ...facts } = entry.data;
  return { ...forAll, ...given, ...facts, ...contentOf(json, { text, binary }) };
}

function contentOf(
  line: string,
  { text, binary }: { text?: string | undefined; binary?: string | undefined },
) {
  if (text !== undefined) return { text };
  if (binary !== undefined) return { bytes: Buffer.from(binary, "base64") };
  return { json: memberTexts(line).get("value")?.trim() ?? "" };
}

function jsonOf(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

function firstIssue({ issues: [issue] }: z.core.$ZodError): string {
  if (issue?.path.length === 0 && issue.code === "invalid_type") return 'it is not {"value": …}';
  if (issue?.code === "unrecognized_keys") return `it has ${issue.keys.join(", ")}`;
  return [issue?.path.join("."), issue?.message].filter(Boolean).join(" ");
}
