import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { mintId } from "../ids.ts";

/** What tells one body of a queue from every other, however often it is received. */
export interface QueueIdentity {
  readonly queueArn: string;
  /** The id that SQS gave it. */
  readonly sqsMessageId: string;
  /** Epoch milliseconds: when it was sent to the queue. */
  readonly sentTimeMs: number;
  /** Of an entry that was taken out of an array: its place there. */
  readonly place?: string | undefined;
}

/**
 * A delivery lives for a week from its message's time. What has waited for longer than this before anybody took it
 * up is given the time at which that happened, so that two days are left to deliver it.
 */
const maxAgeMs = 5 * 24 * 3_600_000;

/** The time that a body's messages have: the same at every receive, since the first of them stays the first. */
export function messageTimeMs(sentTimeMs: number, firstReceiveTimeMs: number): number {
  return firstReceiveTimeMs - sentTimeMs > maxAgeMs ? firstReceiveTimeMs : sentTimeMs;
}

/** 80 bits of a hash stand for an id's randomness, so that a second receive makes the same message. */
export function ingestMessageId(identity: QueueIdentity, place: string): string {
  return mintId("msg", identity.sentTimeMs, digest(identity, place).subarray(0, 10));
}

/** The 24 bytes from which the trace of a message begins, as steady as its id. */
export function ingestTraceBytes(identity: QueueIdentity, place: string): Buffer {
  return digest(identity, `${place}/trace`).subarray(0, 24);
}

function digest({ queueArn, sqsMessageId }: QueueIdentity, place: string): Buffer {
  const text = JSON.stringify([queueArn, sqsMessageId, place]);
  return createHash("sha256").update(text).digest();
}

/** Where an entry stands: its index in the body, or what it had before it was taken out of another. */
export function placeOf({ place }: QueueIdentity, index: number, isArray: boolean): string {
  if (place === undefined) return String(index);
  return isArray ? `${place}/${index}` : place;
}

/** An identity as an attribute carries it, so that nobody can give a body the id of another message. */
export function sealIdentity(identity: QueueIdentity, key: Uint8Array): string {
  const { sentTimeMs, sqsMessageId, place = "" } = identity;
  return [sentTimeMs, sqsMessageId, place, sealOf(identity, key).toString("base64url")].join(".");
}

const sealed = /^(\d{1,15})\.([\w-]{1,100})\.([\d/]{0,32})\.([\w-]{43})$/;

/** What a seal of this queue holds; undefined for anything that is not sealed with this key for this queue. */
export function openIdentity(
  text: string,
  queueArn: string,
  key: Uint8Array,
): QueueIdentity | undefined {
  const [, sentTime, sqsMessageId, place, seal = ""] = sealed.exec(text) ?? [];
  if (sentTime === undefined || sqsMessageId === undefined) return undefined;
  const identity = {
    queueArn,
    sqsMessageId,
    sentTimeMs: Number(sentTime),
    place: place || undefined,
  };
  const isOurs = timingSafeEqual(sealOf(identity, key), Buffer.from(seal, "base64url"));
  return isOurs ? identity : undefined;
}

function sealOf(
  { queueArn, sqsMessageId, sentTimeMs, place = "" }: QueueIdentity,
  key: Uint8Array,
): Buffer {
  const text = JSON.stringify([queueArn, sqsMessageId, sentTimeMs, place]);
  return createHmac("sha256", key).update(text).digest();
}
