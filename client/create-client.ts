import { endpoints } from "../shared/contract/endpoints.ts";
import type { Answer } from "./answer.ts";
import type { Client, Methods } from "./client.ts";
import type { InputOf, ListId, PlainId, ResponseOf } from "./operations.ts";
import { eachItem } from "./pages.ts";
import { publishRequest } from "./publish.ts";
import { publishBatchRequest } from "./publish-batch.ts";
import { requestOf, type ServiceRequest } from "./request.ts";
import { type Connection, type SendOptions, send } from "./send.ts";

export type ClientOptions = Pick<Connection, "url" | "key"> &
  Partial<Connection> & {
    /** The stack's output `PublishUrl`: what is published goes there, and all else to `url`. */
    readonly publishUrl?: string | undefined;
  };

/** A client of the service: each operation of the API is a method. */
export function createClient(options: ClientOptions): Client {
  const connection = connectionOf(options);
  const { publishUrl } = options;
  const publishing =
    publishUrl === undefined ? connection : { ...connection, url: addressOf(publishUrl) };

  // The response's type is the operation's: what the service answers is tested against the same table.
  const respond = async <Response>(
    request: ServiceRequest,
    sendOptions?: SendOptions,
    place = connection,
  ) => (await send(place, request, sendOptions)) as Answer<Response>;

  const call = async <Id extends PlainId>(id: Id, input: InputOf<Id>, sendOptions?: SendOptions) =>
    await respond<ResponseOf<Id>>(requestOf(id, input), sendOptions);

  const method =
    <Id extends PlainId>(id: Id) =>
    async (input: InputOf<Id>, sendOptions?: SendOptions) =>
      (await call(id, input, sendOptions)).response;
  /** The method of an operation that responds in pages: it gives the items, and asks for each page when it is needed. */
  const list =
    <Id extends ListId, Item>(id: Id, itemsOf: (page: ResponseOf<Id>) => readonly Item[]) =>
    (input: InputOf<Id> & { cursor?: string | undefined }, sendOptions?: SendOptions) =>
      eachItem(
        input.cursor,
        async (cursor) => (await call(id, { ...input, cursor }, sendOptions)).response,
        itemsOf,
      );
  const methods = Object.keys(endpoints).map((id) => [id, method(id as PlainId)] as const);

  return {
    // fromEntries forgets which function has which name; those below take the place of theirs.
    ...(Object.fromEntries<unknown>(methods) as Methods),
    call,
    publish: async (input, sendOptions) =>
      (await respond<ResponseOf<"publish">>(publishRequest(input), sendOptions, publishing))
        .response,
    publishBatch: async (input, sendOptions) =>
      (
        await respond<ResponseOf<"publishBatch">>(
          publishBatchRequest(input),
          sendOptions,
          publishing,
        )
      ).response,
    listWebhooks: list("listWebhooks", ({ webhooks }) => webhooks),
    listAllWebhooks: list("listAllWebhooks", ({ webhooks }) => webhooks),
    listCaches: list("listCaches", ({ caches }) => caches),
    listMessages: list("listMessages", ({ messages }) => messages),
    listEventTypes: list("listEventTypes", ({ eventTypes }) => eventTypes),
    getMessageDeliveries: list("getMessageDeliveries", ({ deliveries }) => deliveries),
    listDeliveries: list("listDeliveries", ({ deliveries }) => deliveries),
  };
}

function connectionOf({
  url,
  key,
  timeoutMs = 30_000,
  maxRetries = 3,
  // Looked up at each call: tests and tracers replace it.
  fetch = (resource, init) => globalThis.fetch(resource, init),
}: ClientOptions): Connection {
  // What fetch says of a header that it refuses would show the key.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new TypeError("the key must be visible characters");
  return { url: addressOf(url), key, timeoutMs, maxRetries, fetch };
}

function addressOf(url: string): string {
  return new URL(url).href.replace(/\/+$/, "");
}
