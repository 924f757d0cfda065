import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { isoTime } from "../ids/iso-time.ts";
import { jsonObject, jsonValueOf } from "./payload.ts";

/** A kept message as JSON, its value in its own text and under the name that tells its kind. */
export function messageJson(message: {
  readonly facts: MessageMetadata;
  readonly payload: Payload;
  /** Epoch seconds. */
  readonly expiresAt: number;
}): string {
  const { messageId, cacheName, topicName, event, productId, contentType } = message.facts;
  const shown = {
    messageId,
    cacheName,
    topicName,
    event,
    productId,
    contentType,
    publishedTime: isoTime(message.facts.publishedTimeMs),
    expiresTime: isoTime(message.expiresAt * 1000),
  };
  const texts = Object.entries(shown).map(
    ([name, value]) => [name, JSON.stringify(value)] as const,
  );
  const { kind } = message.payload;
  return jsonObject({
    ...Object.fromEntries(texts),
    [kind === "json" ? "value" : kind]: jsonValueOf(message.payload),
  });
}
