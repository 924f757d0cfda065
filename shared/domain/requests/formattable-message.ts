import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";

/** What a format may show of a message; `productId` only chooses who receives it. */
export type FormattableMessage = Omit<MessageMetadata, "productId"> & { payload: Payload };

export interface RenderedBody {
  body: Buffer;
  contentType: string;
}

/** What the receiver calls this kind of message: formats that name a type cannot do without. */
export function typeOf({ event, topicName }: FormattableMessage): string {
  return event === null ? topicName : String(event);
}
