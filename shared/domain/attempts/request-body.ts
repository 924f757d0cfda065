import { isUtf8 } from "node:buffer";
import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { renderBody } from "../requests/render.ts";
import type { SettingsVersion } from "../webhooks/webhook-record.ts";
import type { AttemptRecord } from "./delivery-record.ts";

/** The body of a request, written once more from the message. */
export interface ShownBody {
  readonly requestBody: string | null;
  readonly requestBodyEncoding?: "base64";
  readonly rendered?: "as-sent" | "settings-changed";
}

/** Nothing was sent, or nobody knows any more what. */
export const noBody: ShownBody = { requestBody: null };

/**
 * What an attempt sent. It is as it was sent where the webhook's format of that time is known, and comes to as many bytes;
 * else it may differ.
 */
export function shownBody(
  message: { readonly facts: MessageMetadata; readonly payload: Payload },
  attempt: AttemptRecord,
  settings: Pick<SettingsVersion, "format">,
  isOfThatTime: boolean,
  consoleUrl: string | undefined,
): ShownBody {
  const { facts, payload } = message;
  const whole = { ...facts, payload };
  const { body } = renderBody(settings.format, whole, attempt.timeMs, consoleUrl);
  const isAsSent = isOfThatTime && (attempt.bytes ?? body.length) === body.length;
  const rendered = isAsSent ? "as-sent" : "settings-changed";
  if (isUtf8(body)) return { requestBody: body.toString(), rendered };
  return { requestBody: body.toString("base64"), requestBodyEncoding: "base64", rendered };
}
