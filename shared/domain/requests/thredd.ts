import { isoTime } from "../ids/iso-time.ts";
import type { FormattableMessage, RenderedBody } from "./formattable-message.ts";
import { jsonObject, jsonValueOf } from "./json-text.ts";
import { notificationId } from "./notification-id.ts";

/** A notification: a context that says what happened, beside the payload. */
export function renderThredd(message: FormattableMessage): RenderedBody {
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
