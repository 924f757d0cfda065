import { isoTime } from "../ids/iso-time.ts";
import { type FormattableMessage, type RenderedBody, typeOf } from "./formattable-message.ts";
import { jsonObject, jsonValueOf } from "./json-text.ts";

/** The body that the Standard Webhooks specification recommends. */
export function renderStandard(message: FormattableMessage): RenderedBody {
  const body = jsonObject({
    type: JSON.stringify(typeOf(message)),
    timestamp: JSON.stringify(isoTime(message.publishedTimeMs)),
    data: jsonValueOf(message.payload),
    ...(message.payload.kind === "binary" && { encoding: '"base64"' }),
  });
  return { body: Buffer.from(body), contentType: "application/json" };
}
