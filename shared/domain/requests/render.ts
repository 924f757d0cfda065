import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { isoTime } from "../../contract/values/time.ts";
import type { Format } from "../../contract/values/webhook-values.ts";
import { ulidBytes, ulidOfId } from "../ids.ts";
import { jsonObject, jsonValueOf, payloadBytes } from "../messages/payload.ts";
import { alertOf } from "./alerts/alert.ts";
import { slackMessage, teamsMessage } from "./alerts/chat-messages.ts";

/** What a format may show of a message; `productId` only chooses who receives it. */
export type FormattableMessage = Omit<MessageMetadata, "productId"> & { payload: Payload };

export interface RenderedBody {
  body: Buffer;
  contentType: string;
}

/** What the receiver calls this kind of message: formats that name a type cannot do without. */
function typeOf({ event, topicName }: FormattableMessage): string {
  return event === null ? topicName : String(event);
}

/** The bytes to sign and send, and their content type. Alerts link to the console, where there is one. */
export function renderBody(
  format: Format,
  message: FormattableMessage,
  attemptTimeMs: number,
  consoleUrl = "",
): RenderedBody {
  switch (format) {
    case "standard":
      return renderStandard(message);
    case "raw":
      return renderRaw(message);
    case "momento":
      return renderMomento(message, attemptTimeMs);
    case "thredd":
      return renderThredd(message);
    case "cloudevents":
      return renderCloudEvents(message);
    case "slack":
      return renderJson(slackMessage(alertOf(message, consoleUrl)));
    case "teams":
      return renderJson(teamsMessage(alertOf(message, consoleUrl)));
  }
}

function renderJson(value: object): RenderedBody {
  return { body: Buffer.from(JSON.stringify(value)), contentType: "application/json" };
}

/** The body that the Standard Webhooks specification recommends. */
function renderStandard(message: FormattableMessage): RenderedBody {
  const body = jsonObject({
    type: JSON.stringify(typeOf(message)),
    timestamp: JSON.stringify(isoTime(message.publishedTimeMs)),
    data: jsonValueOf(message.payload),
    ...(message.payload.kind === "binary" && { encoding: '"base64"' }),
  });
  return { body: Buffer.from(body), contentType: "application/json" };
}

/** The published bytes, untouched. */
function renderRaw({ payload, contentType }: FormattableMessage): RenderedBody {
  return { body: payloadBytes(payload), contentType };
}

/** Receivers hash this body byte for byte: compact, and in exactly this order. */
function renderMomento(message: FormattableMessage, attemptTimeMs: number): RenderedBody {
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

/** A notification: a context that says what happened, beside the payload. */
function renderThredd(message: FormattableMessage): RenderedBody {
  const context = JSON.stringify({
    notificationId: notificationId(message.messageId),
    eventCode: message.event,
    eventVersion: "v1",
    notificationTime: isoTime(message.publishedTimeMs),
    ...(message.payload.kind === "binary" && { encoding: "base64" }),
  });
  const body = jsonObject({ context, payload: jsonValueOf(message.payload) });
  return { body: Buffer.from(body), contentType: "application/json" };
}

/**
 * A message's UUID: its ULID with the marks of UUID version 7 set, which begins with the same 48 bits
 * of time. Nothing is drawn or stored, so every attempt and every webhook shows the same one.
 */
export function notificationId(messageId: string): string {
  const bytes = ulidBytes(ulidOfId(messageId));
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6); // version 7
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8); // the variant of RFC 9562
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** CloudEvents 1.0, structured mode. `source` and `id` together are unique, as it asks. */
function renderCloudEvents(message: FormattableMessage): RenderedBody {
  const data = message.payload.kind === "binary" ? "data_base64" : "data";
  const body = jsonObject({
    specversion: '"1.0"',
    id: JSON.stringify(message.messageId),
    source: JSON.stringify(sourceOf(message)),
    type: JSON.stringify(typeOf(message)),
    time: JSON.stringify(isoTime(message.publishedTimeMs)),
    datacontenttype: JSON.stringify(message.contentType),
    [data]: jsonValueOf(message.payload),
  });
  return { body: Buffer.from(body), contentType: "application/cloudevents+json" };
}

/** A URI reference, so names in any script are percent-encoded. */
function sourceOf({ cacheName, topicName }: FormattableMessage): string {
  return `/caches/${encodeURIComponent(cacheName)}/topics/${encodeURIComponent(topicName)}`;
}
