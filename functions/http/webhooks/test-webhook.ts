import { randomBytes } from "node:crypto";
import {
  testWebhook as route,
  type TestWebhookResponse,
} from "../../../shared/contract/operations/webhooks/test-webhook.ts";
import { type AttemptDeps, makeAttempt } from "../../../shared/delivery/attempt/attempt.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import type { Attempted } from "../../../shared/domain/attempts/delivery-record.ts";
import { proved, slowAfterMs } from "../../../shared/domain/breaker/slowness.ts";
import { mintId } from "../../../shared/domain/ids/ids.ts";
import { messageOf } from "../../../shared/domain/messages/message-draft.ts";
import { testCode } from "../../../shared/domain/messages/operational-event.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import { openWebhookClient } from "../../../shared/http/webhook-client.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { errorFields, log } from "../../../shared/runtime/logger.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { assertNotSuspended } from "../../../shared/runtime/suspended.ts";
import {
  openSuspensionStore,
  type SuspensionStore,
} from "../../../shared/store/health/cache-state.ts";
import { type HealthStore, openHealthStore } from "../../../shared/store/health/health-store.ts";
import { openTestRate, type TestRate } from "../../../shared/store/messages/quotas.ts";
import { openVault } from "../../../shared/store/secrets/vault.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { webhookInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps extends AttemptDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly rate: TestRate;
  readonly suspensions: Pick<SuspensionStore, "has">;
  readonly healths: Pick<HealthStore, "find" | "change">;
}

/** A test holds a function for as long as its receiver is silent, so it waits less than a delivery may. */
const maxWaitSeconds = 10;

export async function testWebhook(
  { params: { webhookId }, headers, caller }: Input<typeof route>,
  deps: Deps,
): Promise<TestWebhookResponse> {
  const hops = hopsOf(headers);
  const webhook = await webhookInScope(webhookId, caller, deps.webhooks);
  const { cacheName, topicName, webhookName } = webhook;
  await assertNotSuspended(cacheName, deps.suspensions);
  await deps.rate.take(caller.keyId, deps.now());
  const text = JSON.stringify({ test: true, webhookId, webhookName });
  const draft = {
    cacheName,
    topicName,
    event: testCode,
    productId: null,
    contentType: "application/json",
    keyId: caller.keyId,
    hops,
    payload: { kind: "json", text },
  } as const;
  const { facts, payload } = messageOf(draft, mintId("msg", deps.now(), randomBytes(10)));
  const timeoutSeconds = Math.min(webhook.timeoutSeconds, maxWaitSeconds);
  const tried = await makeAttempt({ ...webhook, timeoutSeconds }, facts, payload, 1, deps);
  await takeAsProof(webhook, tried, deps);
  const { statusCode, latencyMs, error, responseBody } = tried.record;
  return {
    delivered: tried.verdict.kind === "delivered",
    latencyMs,
    ...(statusCode !== null && { statusCode, responseBody }),
    ...(error !== null && { error }),
  };
}

/** A receiver that responds to a test fast need not prove it again. If another write came first, a delivery proves it. */
async function takeAsProof(
  webhook: WebhookRecord,
  { verdict, record }: Attempted,
  { healths, now }: Deps,
): Promise<void> {
  if (verdict.kind !== "delivered" || record.latencyMs >= slowAfterMs) return;
  try {
    const health = await healths.find(webhook.webhookId);
    const after = proved(health, now());
    if (after !== health) await healths.change(webhook, health, after);
  } catch (error) {
    log("warn", "health.unrecorded", { webhookId: webhook.webhookId, ...errorFields(error) });
  }
}

export const handler = endpoint(route, testWebhook, () => ({
  webhooks: openWebhookStore(),
  rate: openTestRate(),
  suspensions: openSuspensionStore(),
  healths: openHealthStore(),
  vault: openVault(),
  client: openWebhookClient({
    allowPrivate: readEnv("ALLOW_PRIVATE_DESTINATIONS").ALLOW_PRIVATE_DESTINATIONS,
  }),
  now: Date.now,
  tracing: false, // a test event belongs to no trace
  consoleUrl: readEnv("CONSOLE_URL").CONSOLE_URL,
}));
