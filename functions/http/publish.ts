import { createHash, randomBytes } from "node:crypto";
import type { PublishResponse } from "../../shared/contract/message.ts";
import { routes } from "../../shared/contract/routes.ts";
import { type DispatchDeps, dispatch } from "../../shared/delivery/dispatch.ts";
import { publishOnce } from "../../shared/delivery/publish-once.ts";
import { mintId } from "../../shared/domain/ids.ts";
import { messageFrom } from "../../shared/domain/new-message.ts";
import { openDeliveryQueue } from "../../shared/queue/delivery-queue.ts";
import { openFanOutQueue } from "../../shared/queue/fan-out-queue.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import type { Input } from "../../shared/runtime/request.ts";
import {
  type IdempotencyStore,
  openIdempotencyStore,
} from "../../shared/store/idempotency-store.ts";
import { openMessageStore } from "../../shared/store/message-store.ts";
import { openWebhookStore } from "../../shared/store/webhook-store.ts";

const route = routes.publish;
type PublishInput = Input<typeof route>;

interface Deps extends DispatchDeps {
  readonly claims: IdempotencyStore;
  readonly now: () => number;
}

export async function publish(input: PublishInput, deps: Deps): Promise<PublishResponse> {
  const { params, headers } = input;
  const nowMs = deps.now();
  const messageId = mintId("msg", nowMs, randomBytes(10));
  const message = messageFrom(input, messageId);
  const send = (id: string) => dispatch(id === messageId ? message : messageFrom(input, id), deps);

  const idempotencyKey = headers["idempotency-key"];
  if (idempotencyKey === undefined) {
    await send(messageId);
    return { messageId };
  }
  const claim = { ...params, idempotencyKey, requestHash: hashOf(input), messageId, nowMs };
  return { messageId: await publishOnce(claim, deps.claims, send) };
}

/** Over all that makes it the same request: value, type, event and productId. */
function hashOf({ headers, query, body }: PublishInput): string {
  const { event, productId } = query;
  const facts = JSON.stringify([headers["content-type"], event ?? null, productId ?? null]);
  return createHash("sha256").update(facts).update("\0").update(body).digest("base64");
}

export const handler = endpoint(route, publish, () => ({
  messages: openMessageStore(),
  webhooks: openWebhookStore(),
  deliveries: openDeliveryQueue(),
  fanOut: openFanOutQueue(),
  claims: openIdempotencyStore(),
  retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
  now: Date.now,
}));
