import * as z from "zod/mini";
import type { Client, Sent } from "../client.ts";
import type { Params } from "../document/operations.ts";
import { succeed } from "../webhooks.ts";

const Published = z.object({ response: z.object({ messageId: z.string() }) });
const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  details: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});
const Results = z.object({
  response: z.object({
    results: z.array(z.object({ messageId: z.optional(z.string()), error: z.optional(ErrorBody) })),
  }),
});

/** Publishes a message that must be accepted. */
export async function publish(client: Client, params: Params, sent: Sent = { json: {} }) {
  const answer = await succeed(client, "publish", params, sent);
  return z.parse(Published, answer.body).response.messageId;
}

/** Publishes a batch that must be accepted, though its entries need not be. */
export async function publishBatch(client: Client, params: Params, sent: Sent) {
  const answer = await succeed(client, "publishBatch", params, sent);
  return z.parse(Results, answer.body).response.results;
}
