import type { DeliverySummary } from "../shared/contract/delivery.ts";
import type { EventTypeSummary } from "../shared/contract/event-type.ts";
import type { MessageSummary } from "../shared/contract/message.ts";
import type { MessageDelivery } from "../shared/contract/operations/messages/get-message-deliveries.ts";
import type { Webhook } from "../shared/contract/webhook.ts";
import type { Answer } from "./answer.ts";
import type { HeadersOf, InputOf, ListId, NotModified, PlainId, ResponseOf } from "./operations.ts";
import type { PublishInput } from "./publish.ts";
import type { PublishBatchInput } from "./publish-batch.ts";
import type { SendOptions } from "./send.ts";

/** `if-none-match` is left to `call`, whose answer may be that nothing has changed. */
type MethodOptions<Id extends PlainId> = SendOptions<Omit<HeadersOf<Id>, "if-none-match">>;

/** An operation as a method, which gives what the service responds and throws what it refuses. */
export type Methods = {
  [Id in Exclude<PlainId, ListId>]: (
    input: InputOf<Id>,
    options?: MethodOptions<Id>,
  ) => Promise<ResponseOf<Id>>;
};

type PublishOptions = SendOptions<HeadersOf<"publishBatch">>;

export interface Client extends Methods {
  /** Any operation but the publishing ones, with its whole answer: the version, the id of the request, one page. */
  call<Id extends PlainId>(
    operation: Id,
    input: InputOf<Id>,
    options?: SendOptions<HeadersOf<Id>>,
  ): Promise<Answer<ResponseOf<Id> | NotModified<Id>>>;
  publish(input: PublishInput, options?: PublishOptions): Promise<ResponseOf<"publish">>;
  /** One result for each message, in order: a bad one fails alone. */
  publishBatch(
    input: PublishBatchInput,
    options?: PublishOptions,
  ): Promise<ResponseOf<"publishBatch">>;
  /** Every webhook of the cache in name order; `limit` is the size of a page. */
  listWebhooks(
    input: InputOf<"listWebhooks">,
    options?: SendOptions<HeadersOf<"listWebhooks">>,
  ): AsyncGenerator<Webhook, void, void>;
  /** Every webhook of the caches that the key covers, by cache and name; `limit` is the size of a page. */
  listAllWebhooks(
    input: InputOf<"listAllWebhooks">,
    options?: SendOptions<HeadersOf<"listAllWebhooks">>,
  ): AsyncGenerator<Webhook, void, void>;
  /** Every cache that the key covers and that there is, in name order; `limit` is the size of a page. */
  listCaches(
    input: InputOf<"listCaches">,
    options?: SendOptions<HeadersOf<"listCaches">>,
  ): AsyncGenerator<ResponseOf<"listCaches">["caches"][number], void, void>;
  /** Every event type of the deployment by topic and event, without its schema; `limit` is the size of a page. */
  listEventTypes(
    input: InputOf<"listEventTypes">,
    options?: SendOptions<HeadersOf<"listEventTypes">>,
  ): AsyncGenerator<EventTypeSummary, void, void>;
  /** Every delivery of the message, to whichever webhook; `limit` is the size of a page. */
  getMessageDeliveries(
    input: InputOf<"getMessageDeliveries">,
    options?: SendOptions<HeadersOf<"getMessageDeliveries">>,
  ): AsyncGenerator<MessageDelivery, void, void>;
  /** Every message of the cache, newest published first, without its value; `limit` is the size of a page. */
  listMessages(
    input: InputOf<"listMessages">,
    options?: SendOptions<HeadersOf<"listMessages">>,
  ): AsyncGenerator<MessageSummary, void, void>;
  /** Every delivery of the webhook, newest published first; `limit` is the size of a page. */
  listDeliveries(
    input: InputOf<"listDeliveries">,
    options?: SendOptions<HeadersOf<"listDeliveries">>,
  ): AsyncGenerator<DeliverySummary, void, void>;
}
