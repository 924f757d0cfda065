import type { FormattableMessage, RenderedBody } from "./formattable-message.ts";

/** Receivers hash this body byte for byte: compact, and in exactly this order. */
export function renderMomento(message: FormattableMessage, attemptTimeMs: number): RenderedBody {
  const { payload } = message;
  const body = JSON.stringify({
    cache: message.cacheName,
    topic: message.topicName,
    event_timestamp: message.publishedTimeMs,
    publish_timestamp: attemptTimeMs,
    topic_sequence_number: message.sequenceNumber,
    token_id: message.keyId,
    ...(payload.kind === "binary" ? { binary: payload.base64 } : { text: payload.text }),
  });
  return { body: Buffer.from(body), contentType: "application/json" };
}
