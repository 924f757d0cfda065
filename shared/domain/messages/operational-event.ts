import { createHash } from "node:crypto";
import { isoTime } from "../../contract/values/time.ts";
import { mintId } from "../ids.ts";
import type { MessageDraft } from "./message-draft.ts";

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
/** The code of an event about a filter that could not be applied. */
export const filterCode = "hookcast.filter.failed";
/** The code of an event about a client certificate that is about to expire. */
export const certificateCode = "hookcast.certificate.expiring";
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

/** A webhook whose filter could not be applied to a message, which it therefore does not receive. */
export interface FilterTrouble {
  readonly webhookId: string;
  readonly webhookName: string;
  readonly reason: "unreadable" | "costly";
}

/** A webhook whose client certificate expires, so many days before. */
export interface CertificateNotice {
  readonly webhookId: string;
  readonly webhookName: string;
  readonly cacheName: string;
  readonly expiryTimeMs: number;
  readonly days: number;
}

/** So many days before it expires it is told. */
export const noticeDays = [30, 7] as const;
export const dayMs = 86_400_000;

/** The events of one cache and minute that were not told one by one. */
export interface SuppressedWindow {
  readonly cacheName: string;
  readonly startMs: number;
  readonly counts: Readonly<Record<EventKind, number>>;
  readonly firstMessageId?: string | undefined;
  readonly lastMessageId?: string | undefined;
}

export const windowMs = 60_000;
/** A webhook's filter is told of once in this time. */
export const filterWindowMs = 3_600_000;

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

/** That messages do not reach a webhook, since its filter cannot be applied to them. */
export function filterDraft(
  cacheName: string,
  { reason, ...webhook }: FilterTrouble,
  nowMs: number,
) {
  const { webhookId } = webhook;
  const hourMs = nowMs - (nowMs % filterWindowMs);
  const hash = createHash("sha256")
    .update(JSON.stringify([webhookId, reason, hourMs]))
    .digest();
  // Whoever notices it in the same hour makes the same message.
  const givenId = mintId("msg", hourMs, hash.subarray(0, 10));
  return { ...draft(cacheName, filterCode, { ...webhook, reason }), givenId };
}

/** That a client certificate expires. Whoever tells of the same on the same day makes the same message. */
export function certificateDraft(
  { cacheName, webhookId, webhookName, expiryTimeMs, days }: CertificateNotice,
  nowMs: number,
) {
  const dayStartMs = nowMs - (nowMs % dayMs);
  const hash = createHash("sha256")
    .update(JSON.stringify([webhookId, expiryTimeMs, days]))
    .digest();
  const daysLeft = Math.max(0, Math.floor((expiryTimeMs - nowMs) / dayMs));
  const value = { webhookId, webhookName, expiryTime: isoTime(expiryTimeMs), daysLeft };
  const givenId = mintId("msg", dayStartMs, hash.subarray(0, 10));
  return { ...draft(cacheName, certificateCode, value), givenId };
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
