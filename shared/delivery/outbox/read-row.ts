import { OutboxKey } from "../../contract/outbox.ts";
import { AppError } from "../../domain/app-error.ts";
import type { MessageDraft } from "../../domain/messages/message-draft.ts";
import type { OutboxRow } from "../../store/messages/outbox-store.ts";
import { readBody } from "../ingest/read-body.ts";
import { parseEntry } from "../publish/batch-draft.ts";

/** A row that can be published, but for its message's id. */
export interface ReadRow {
  readonly time: string;
  readonly draft: MessageDraft;
}

/** Stands for the publishing key. */
const keyId = "outbox";

/** What a row asks for, or all that is wrong with it. */
export function readRow({ id, fields }: OutboxRow): ReadRow | AppError {
  if (!fields) return refusal([{ path: "", message: "has a number that cannot be read" }]);
  const { id: _, time, value, ...rest } = fields;
  const key = parseEntry(OutboxKey, { id, time });
  const body = entryText(rest, value);
  if (body === undefined) {
    return refusal([
      ...detailsOf(key),
      { path: "value", message: "must be a text that holds JSON" },
    ]);
  }
  // The same rules, word for word, as for a body of an ingest queue.
  const [entry] = readBody(body, { queue: keyId }).entries;
  const draft = entry?.draft ?? refusal([]);
  if (key instanceof AppError) return refusal([...detailsOf(key), ...detailsOf(draft)]);
  if (draft instanceof AppError) return draft;
  return { time: key.time, draft: { ...draft, keyId } };
}

/**
 * The row as the body of an ingest queue. Its value goes in as it is, so that numbers keep their digits; it holds
 * one JSON value and can therefore add no member.
 */
function entryText(rest: Readonly<Record<string, unknown>>, value: unknown): string | undefined {
  const members = Object.entries(rest).map(([name, member]) => memberText(name, asJson(member)));
  if (value !== undefined) {
    if (typeof value !== "string" || !isJson(value)) return undefined;
    members.push(memberText("value", value));
  }
  return `{${members.join(",")}}`;
}

function memberText(name: string, json: string): string {
  return `${JSON.stringify(name)}:${json}`;
}

/** Bytes are base64 there; what JSON cannot say becomes what no schema takes. */
function asJson(member: unknown): string {
  if (member instanceof Uint8Array) return JSON.stringify(Buffer.from(member).toString("base64"));
  return JSON.stringify(member, (_, part) => (typeof part === "bigint" ? String(part) : part));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function detailsOf(result: unknown) {
  if (!(result instanceof AppError)) return [];
  return result.details ?? [{ path: "", message: result.message }];
}

function refusal(details: { path: string; message: string }[]): AppError {
  return new AppError("INVALID_ARGUMENT_ERROR", "the row is not valid", { details });
}
