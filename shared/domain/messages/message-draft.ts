import { createHash } from "node:crypto";
import type { ErrorDetail } from "../../contract/errors.ts";
import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { isOurTopic } from "../../contract/values/names.ts";
import { AppError } from "../app-error.ts";
import { idTimeMs } from "../ids.ts";
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
