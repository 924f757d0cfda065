import { endpoints } from "../shared/contract/endpoints.ts";
import type { Answer } from "./answer.ts";
import type { Client, Methods } from "./client.ts";
import type { InputOf, PlainId, ResponseOf } from "./operations.ts";
import { eachItem } from "./pages.ts";
import { publishRequest } from "./publish.ts";
import { publishBatchRequest } from "./publish-batch.ts";
import { requestOf, type ServiceRequest } from "./request.ts";
import { type Connection, type SendOptions, send } from "./send.ts";

export type ClientOptions = Pick<Connection, "url" | "key"> & Partial<Connection>;

/** A client of the service: each operation of the API is a method. */
export function createClient(options: ClientOptions): Client {
  const connection = connectionOf(options);

  // The response's type is the operation's: what the service answers is tested against the same table.
  const respond = async <Response>(request: ServiceRequest, sendOptions?: SendOptions) =>
    (await send(connection, request, sendOptions)) as Answer<Response>;

  const call = async <Id extends PlainId>(id: Id, input: InputOf<Id>, sendOptions?: SendOptions) =>
    await respond<ResponseOf<Id>>(requestOf(id, input), sendOptions);

  const method =
    <Id extends PlainId>(id: Id) =>
    async (input: InputOf<Id>, sendOptions?: SendOptions) =>
      (await call(id, input, sendOptions)).response;
  const methods = Object.keys(endpoints).map((id) => [id, method(id as PlainId)] as const);

  return {
    // fromEntries forgets which function has which name; those below take the place of theirs.
    ...(Object.fromEntries<unknown>(methods) as Methods),
    call,
    publish: async (input, sendOptions) =>
      (await respond<ResponseOf<"publish">>(publishRequest(input), sendOptions)).response,
    publishBatch: async (input, sendOptions) =>
      (await respond<ResponseOf<"publishBatch">>(publishBatchRequest(input), sendOptions)).response,
    listWebhooks: (input, sendOptions) =>
      eachItem(
        input.cursor,
        async (cursor) => (await call("listWebhooks", { ...input, cursor }, sendOptions)).response,
        ({ webhooks }) => webhooks,
      ),
    listAllWebhooks: (input, sendOptions) =>
      eachItem(
        input.cursor,
        async (cursor) =>
          (await call("listAllWebhooks", { ...input, cursor }, sendOptions)).response,
        ({ webhooks }) => webhooks,
      ),
    listCaches: (input, sendOptions) =>
      eachItem(
        input.cursor,
        async (cursor) => (await call("listCaches", { ...input, cursor }, sendOptions)).response,
        ({ caches }) => caches,
      ),
    listMessages: (input, sendOptions) =>
      eachItem(
        input.cursor,
        async (cursor) => (await call("listMessages", { ...input, cursor }, sendOptions)).response,
        ({ messages }) => messages,
      ),
    getMessageDeliveries: (input, sendOptions) =>
      eachItem(
        input.cursor,
        async (cursor) =>
          (await call("getMessageDeliveries", { ...input, cursor }, sendOptions)).response,
        ({ deliveries }) => deliveries,
      ),
    listDeliveries: (input, sendOptions) =>
      eachItem(
        input.cursor,
        async (cursor) =>
          (await call("listDeliveries", { ...input, cursor }, sendOptions)).response,
        ({ deliveries }) => deliveries,
      ),
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
  return { url: new URL(url).href.replace(/\/+$/, ""), key, timeoutMs, maxRetries, fetch };
}
