import { createHash } from "node:crypto";
import type { ErrorDetail } from "../../contract/errors.ts";
import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { isoTime } from "../../contract/values/time.ts";
import { AppError } from "../app-error.ts";
import { idTimeMs, mintId } from "../ids.ts";
import { payloadBytes } from "./payload.ts";

/** A message that someone asks to publish, before it has an id. */
export interface MessageDraft
  extends Pick<
    MessageMetadata,
    "cacheName" | "topicName" | "event" | "productId" | "contentType" | "keyId" | "trace"
  > {
  readonly payload: Payload;
  /** How often it was forwarded before: 0 unless it comes out of a delivery. */
  readonly hops: number;
  readonly idempotencyKey?: string | undefined;
  /** Under which it goes where it has an identity before it is published; default: a new one. */
  readonly givenId?: string | undefined;
}

/** The message under that id. Its time is the time in the id, so a replay under the same id repeats it. */
export function messageOf(
  draft: MessageDraft,
  messageId: string,
): { facts: MessageMetadata; payload: Payload } {
  const { payload, idempotencyKey, givenId, hops, ...others } = draft;
  const publishedTimeMs = idTimeMs(messageId);
  const facts = { ...others, messageId, publishedTimeMs, sequenceNumber: null };
  return { facts: withHops(facts, hops), payload };
}

/** A hash over all that makes it the same request: value, content type, event and productId. */
export function requestHash({ contentType, event, productId, payload }: MessageDraft): string {
  const facts = JSON.stringify([contentType, event, productId, payload.kind]);
  return createHash("sha256").update(`${facts}\n`).update(payloadBytes(payload)).digest("base64");
}

export function assertNotReservedTopic(topicName: string): void {
  const details = ourTopicProblems(topicName);
  const [problem] = details;
  if (problem) throw new AppError("INVALID_ARGUMENT_ERROR", problem.message, { details });
}

/** Whether the service alone publishes there. */
export function isOurTopic(topicName: string): boolean {
  return topicName.startsWith("$");
}

/** The same as a complaint, for those who list every bad field. */
export function ourTopicProblems(topicName: unknown): ErrorDetail[] {
  if (!isOurTopic(String(topicName))) return [];
  const message = "topics that begin with $ are published by the service itself";
  return [{ path: "topicName", message }];
}

/** Says on a delivery how often its message was forwarded, the delivery included. */
export const hopHeader = "webhook-hops";

/** What a delivery of the message says in that header. */
export function hopsAfter({ hops = 0 }: Pick<MessageMetadata, "hops">): string {
  return String(hops + 1);
}

/** The message, forwarded at least so often: sending it again never sets the count back. */
export function withHops(facts: MessageMetadata, hops: number): MessageMetadata {
  return hops > (facts.hops ?? 0) ? { ...facts, hops } : facts;
}

/** Whether a receiver may take a header of that name for the one above: many read `_` as `-`. */
export function posesAsHopHeader(name: string): boolean {
  return name.toLowerCase().replaceAll("_", "-") === hopHeader;
}

/** Where the service publishes what it has to tell of a cache: webhooks subscribe to it as to any topic. */
export const operationalTopic = "$hookcast";

/** The most webhooks of one cache that may subscribe to it: each event is a POST to every one of them. */
export const maxListeners = 10;

/** The codes of single events. */
export const eventCodes = {
  failed: "hookcast.delivery.failed",
  disabled: "hookcast.webhook.disabled",
  recovered: "hookcast.webhook.recovered",
  limited: "hookcast.webhook.limited",
} as const;
/** The code of the one event that tells of many. */
export const suppressedCode = "hookcast.events.suppressed";

/** The code of what testWebhook sends. */
export const testCode = "hookcast.test";

export type EventKind = keyof typeof eventCodes;

/** What the service has to tell of a cache. */
export interface OperationalEvent {
  readonly kind: EventKind;
  readonly cacheName: string;
  /** Of the delivery that it tells of. */
  readonly messageId?: string;
  /** How often the message was forwarded that the event tells of. */
  readonly hops?: number | undefined;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The events of one cache and minute that were not told one by one. */
export interface SuppressedWindow {
  readonly cacheName: string;
  readonly startMs: number;
  readonly counts: Readonly<Record<EventKind, number>>;
  readonly firstMessageId?: string | undefined;
  readonly lastMessageId?: string | undefined;
}

export const windowMs = 60_000;

/** When the window that holds this time began. */
export function windowStartMs(timeMs: number): number {
  return timeMs - (timeMs % windowMs);
}

/** Stands for the publishing key, since the service itself publishes. */
const ourKeyId = "hookcast";

export function eventDraft({ kind, cacheName, hops, value }: OperationalEvent): MessageDraft {
  return { ...draft(cacheName, eventCodes[kind], value), hops: hops ?? 0 };
}

export function summaryDraft(window: SuppressedWindow): MessageDraft {
  const { cacheName, startMs, counts, firstMessageId = null, lastMessageId = null } = window;
  const kinds = Object.entries(eventCodes) as [EventKind, string][]; // `entries` forgets the literal keys
  return draft(cacheName, suppressedCode, {
    startTime: isoTime(startMs),
    endTime: isoTime(startMs + windowMs),
    counts: Object.fromEntries(kinds.map(([kind, code]) => [code, counts[kind]])),
    firstMessageId,
    lastMessageId,
  });
}

/** The same for the same counts, so that receivers can drop a summary that is sent twice. */
export function summaryId({ cacheName, startMs, counts }: SuppressedWindow): string {
  const { failed, disabled, recovered, limited } = counts;
  const known = [cacheName, startMs, failed, disabled, recovered];
  // As the version before names it, which counts none.
  const text = JSON.stringify(limited > 0 ? [...known, limited] : known);
  const hash = createHash("sha256").update(text).digest();
  return mintId("msg", startMs + windowMs, hash.subarray(0, 10));
}

function draft(cacheName: string, event: string, value: object): MessageDraft {
  const payload = { kind: "json", text: JSON.stringify(value) } as const;
  const facts = { cacheName, topicName: operationalTopic, event, productId: null, hops: 0 };
  return { ...facts, payload, contentType: "application/json", keyId: ourKeyId };
}
