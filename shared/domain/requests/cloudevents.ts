import { isoTime } from "../ids/iso-time.ts";
import { type FormattableMessage, type RenderedBody, typeOf } from "./formattable-message.ts";
import { jsonObject, jsonValueOf } from "./json-text.ts";

/** CloudEvents 1.0, structured mode. `source` and `id` together are unique, as it asks. */
export function renderCloudEvents(message: FormattableMessage): RenderedBody {
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
