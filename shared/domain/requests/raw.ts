import { payloadBytes } from "../messages/payload.ts";
import type { FormattableMessage, RenderedBody } from "./formattable-message.ts";

/** The published bytes, untouched. */
export function renderRaw({ payload, contentType }: FormattableMessage): RenderedBody {
  return { body: payloadBytes(payload), contentType };
}
