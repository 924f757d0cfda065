import { IngestEntry, type IngestSource, maxIngestEntries } from "../../contract/ingest.ts";
import { elementTexts, valueText } from "../../contract/values/json-text.ts";
import { AppError } from "../../domain/app-error.ts";
import type { MessageDraft } from "../../domain/messages/message-draft.ts";
import { ourTopicProblems } from "../../domain/messages/message-draft.ts";
import { readEntry, readPayload } from "../../domain/messages/payload.ts";
import { parseEntry } from "../publish/batch-draft.ts";

/** One entry of a body. */
export interface BodyEntry {
  /** Its own text, which alone would be a body that says the same. */
  readonly text: string;
  readonly draft: MessageDraft | AppError;
}

export interface Body {
  readonly isArray: boolean;
  readonly entries: readonly BodyEntry[];
}

/** What a body of this source asks for; what is wrong with an entry is no matter of the others. */
export function readBody(body: string, source: IngestSource): Body {
  const json = parseJson(body);
  if (source.wrap) return wrapped(body, json?.value, json !== undefined, source);
  if (!json) return refused(body, notJson(body));
  if (!Array.isArray(json.value))
    return { isArray: false, entries: [entryOf(json.value, body, source)] };
  const texts = elementTexts(body);
  if (texts.length < 1 || texts.length > maxIngestEntries) {
    return refused(body, `an array must hold 1 to ${maxIngestEntries} entries`);
  }
  const values: unknown[] = json.value;
  return {
    isArray: true,
    entries: texts.map((text, index) => entryOf(values[index], text, source)),
  };
}

function entryOf(entry: unknown, text: string, source: IngestSource): BodyEntry {
  return { text, draft: draftOf(entry, text, source) };
}

function draftOf(entry: unknown, text: string, source: IngestSource): MessageDraft | AppError {
  const data = parseEntry(IngestEntry, entry);
  if (data instanceof AppError) return data;
  const { cacheName, topicName, event, productId, idempotencyKey, contentType, hops } = data;
  const problem = targetProblem(cacheName, topicName, source);
  if (problem) return problem;
  const facts = {
    cacheName,
    topicName,
    keyId: keyIdOf(source),
    event: event ?? null,
    productId: productId ?? null,
    idempotencyKey,
    hops: hops ?? 0,
  };
  return orError(() => {
    const entryValue = readEntry(data, valueText(text));
    if (contentType === undefined) return { ...facts, ...entryValue };
    // The same bytes as publish would be sent with this type.
    const bytes = bytesOf(data, valueText(text));
    const payload = readPayload(contentType, bytes, { isRaw: true });
    return { ...facts, contentType, payload };
  });
}

function bytesOf({ text, binary }: IngestEntry, json = "null"): Buffer {
  return binary === undefined ? Buffer.from(text ?? json) : Buffer.from(binary, "base64");
}

/** The whole body is the value, of whatever shape. */
function wrapped(body: string, value: unknown, isJson: boolean, source: IngestSource): Body {
  const { wrap } = source;
  if (!wrap || (isJson && isS3Test(value))) return { isArray: false, entries: [] };
  const { cacheName, topicName, event } = wrap;
  const facts = { cacheName, topicName, keyId: keyIdOf(source), event: event ?? null };
  const draft = orError(() => ({
    ...facts,
    ...readEntry(isJson ? {} : { text: body }, body),
    productId: null,
    hops: 0,
  }));
  return { isArray: false, entries: [{ text: body, draft }] };
}

/** What S3 sends when notifications are set up, which tells of no object. */
function isS3Test(value: unknown): boolean {
  return Object(value).Event === "s3:TestEvent";
}

function targetProblem(
  cacheName: string,
  topicName: string,
  { caches }: IngestSource,
): AppError | undefined {
  const details = ourTopicProblems(topicName);
  if (caches && !caches.includes(cacheName)) {
    details.push({ path: "cacheName", message: "is none of the source's caches" });
  }
  if (details.length === 0) return undefined;
  return new AppError("INVALID_ARGUMENT_ERROR", "the entry is not valid", { details });
}

/** Stands for the publishing key. */
export function keyIdOf({ name }: IngestSource): string {
  return name === undefined ? "ingest" : `ingest/${name}`;
}

function refused(body: string, message: string): Body {
  const details = [{ path: "body", message }];
  const draft = new AppError("INVALID_ARGUMENT_ERROR", message, { details });
  return { isArray: false, entries: [{ text: body, draft }] };
}

/**
 * What an input transformer of EventBridge makes of a path that an event lacks: `"order":,`. The member's name
 * tells which.
 */
function notJson(body: string): string {
  const [, member] = /"([^"\\]{1,100})"\s*:\s*[,}]/.exec(body) ?? [];
  return member === undefined ? "body must be JSON" : `body must be JSON: ${member} has no value`;
}

function parseJson(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

function orError(read: () => MessageDraft): MessageDraft | AppError {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
