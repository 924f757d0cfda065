import type { MessageMetadata } from "../../contract/jobs.ts";
import type { MessageSummary, Payload } from "../../contract/message.ts";
import { isoTime } from "../../contract/values/time.ts";
import { jsonObject, jsonValueOf } from "./payload.ts";

/** Which message it is; its value may be read with it or not. */
interface KeptMessage {
  readonly facts: MessageMetadata;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export function presentMessage({ facts, expiresAt }: KeptMessage): MessageSummary {
  const { messageId, cacheName, topicName, event, productId, contentType } = facts;
  return {
    messageId,
    cacheName,
    topicName,
    event,
    productId,
    contentType,
    publishedTime: isoTime(facts.publishedTimeMs),
    expiresTime: isoTime(expiresAt * 1000),
  };
}

/** A kept message as JSON, its value in its own text and under the name that tells its kind. */
export function messageJson(message: KeptMessage & { readonly payload: Payload }): string {
  const texts = Object.entries(presentMessage(message)).map(
    ([name, value]) => [name, JSON.stringify(value)] as const,
  );
  const { kind } = message.payload;
  return jsonObject({
    ...Object.fromEntries(texts),
    [kind === "json" ? "value" : kind]: jsonValueOf(message.payload),
  });
}
