import { randomBytes } from "node:crypto";
import { EventTypeStatus } from "../../../shared/contract/event-type.ts";
import {
  testWebhook as route,
  type TestWebhookResponse,
} from "../../../shared/contract/operations/webhooks/test-webhook.ts";
import type { EventCode } from "../../../shared/contract/values/event.ts";
import { readSignatures } from "../../../shared/contract/values/signature-recipe.ts";
import { openAccessTokens } from "../../../shared/delivery/attempt/access-tokens.ts";
import { type AttemptDeps, makeAttempt } from "../../../shared/delivery/attempt/attempt.ts";
import {
  openRepairDeps,
  type RepairDeps,
  repairWebhook,
} from "../../../shared/delivery/breaker/repair.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import type { Attempted } from "../../../shared/domain/attempts/delivery-record.ts";
import { proved, slowAfterMs } from "../../../shared/domain/breaker/slowness.ts";
import { noSuchEventType } from "../../../shared/domain/event-types/event-type-record.ts";
import { mintId } from "../../../shared/domain/ids.ts";
import { messageOf } from "../../../shared/domain/messages/message-draft.ts";
import { testCode } from "../../../shared/domain/messages/operational-event.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import { openWebhookClient } from "../../../shared/http/webhook-client.ts";
import { type Caller, quotaHolder } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { assertNotSuspended } from "../../../shared/runtime/suspended.ts";
import { realTimers } from "../../../shared/runtime/timers.ts";
import {
  type EventTypeStore,
  openEventTypeStore,
} from "../../../shared/store/event-types/event-type-store.ts";
import { isVisible } from "../../../shared/store/event-types/visible-types.ts";
import {
  openSuspensionStore,
  type SuspensionStore,
} from "../../../shared/store/health/cache-state.ts";
import { openTestRate, type TestRate } from "../../../shared/store/messages/quotas.ts";
import { openSigningKeyRing } from "../../../shared/store/secrets/signing-key-ring.ts";
import { openTokenStore } from "../../../shared/store/secrets/token-store.ts";
import { openVault } from "../../../shared/store/secrets/vault.ts";
import {
  openWebhookStore,
  type WebhookStore,
} from "../../../shared/store/webhooks/webhook-store.ts";
import { webhookInScope } from "../../../shared/store/webhooks/webhook-view.ts";

interface Deps extends AttemptDeps, RepairDeps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly rate: TestRate;
  readonly eventTypes: Pick<EventTypeStore, "find">;
  readonly suspensions: Pick<SuspensionStore, "has">;
}

/** A test holds a function for as long as its receiver is silent, so it waits less than a delivery may. */
const maxWaitSeconds = 10;

export async function testWebhook(
  { params: { webhookId }, headers, body = {}, caller }: Input<typeof route>,
  deps: Deps,
): Promise<TestWebhookResponse> {
  const hops = hopsOf(headers);
  const webhook = await webhookInScope(webhookId, caller, deps.webhooks);
  const { cacheName, topicName } = webhook;
  await assertNotSuspended(cacheName, deps.suspensions);
  const { event = testCode, example = 0 } = body;
  const isExample = body.event !== undefined;
  const value = isExample
    ? await exampleOf({ topicName, event }, example, caller, deps.eventTypes)
    : { test: true, webhookId, webhookName: webhook.webhookName };
  // What is refused for what it asks for counts for nothing.
  await deps.rate.take(quotaHolder(caller), deps.now());
  const draft = {
    cacheName,
    topicName,
    event,
    productId: null,
    contentType: "application/json",
    keyId: caller.keyId,
    hops,
    payload: { kind: "json", text: JSON.stringify(value) },
  } as const;
  const { facts, payload } = messageOf(draft, mintId("msg", deps.now(), randomBytes(10)));
  const timeoutSeconds = Math.min(webhook.timeoutSeconds, maxWaitSeconds);
  // Nothing else in an example says that it did not happen.
  const marking = { ...deps, isMarkedAsTest: isExample };
  const tried = await makeAttempt({ ...webhook, timeoutSeconds }, facts, payload, 1, marking);
  await takeAsProof(webhook, tried, deps);
  const { statusCode, latencyMs, error, responseBody } = tried.record;
  return {
    delivered: tried.verdict.kind === "delivered",
    latencyMs,
    ...(statusCode !== null && { statusCode, responseBody }),
    ...(error !== null && { error }),
  };
}

/** An example of the catalogue, of a type that the caller is shown. */
async function exampleOf(
  name: { topicName: string; event: EventCode },
  place: number,
  caller: Caller,
  eventTypes: Deps["eventTypes"],
): Promise<unknown> {
  const type = await eventTypes.find(name);
  const anyStatus = { status: EventTypeStatus.options };
  if (!type || !isVisible(type.facts, caller, anyStatus)) throw noSuchEventType(name);
  const { examples } = type;
  if (place < examples.length) return examples[place];
  const details = [
    examples.length === 0
      ? { path: "event", message: "has no example" }
      : {
          path: "example",
          message: `must be less than ${examples.length}, the number of examples`,
        },
  ];
  const message = `${details[0]?.path} ${details[0]?.message}`;
  throw new AppError("INVALID_ARGUMENT_ERROR", message, { details });
}

/**
 * A receiver that responds works: what waits for it goes out. One that responds fast need not prove it again, and an
 * inactive webhook's may prove it, too.
 */
async function takeAsProof(
  webhook: WebhookRecord,
  { verdict, record }: Attempted,
  deps: Deps,
): Promise<void> {
  if (verdict.kind !== "delivered") return;
  const isFast = record.latencyMs < slowAfterMs;
  if (webhook.status === "active") {
    return repairWebhook(webhook, deps, isFast ? proved : undefined);
  }
  if (!isFast) return;
  const health = await deps.healths.find(webhook.webhookId);
  await deps.healths.change(webhook, health, proved(health, deps.now()));
}

export const handler = endpoint(route, testWebhook, () => ({
  ...openRepairDeps(),
  webhooks: openWebhookStore(),
  rate: openTestRate(),
  eventTypes: openEventTypeStore(),
  suspensions: openSuspensionStore(),
  vault: openVault(),
  signingKeys: openSigningKeyRing(openVault()),
  accessTokens: openAccessTokens({
    tokens: openTokenStore(),
    vault: openVault(),
    timers: realTimers,
    now: Date.now,
  }),
  client: openWebhookClient({
    allowPrivate: readEnv("ALLOW_PRIVATE_DESTINATIONS").ALLOW_PRIVATE_DESTINATIONS,
  }),
  tracing: false, // a test event belongs to no trace
  consoleUrl: readEnv("CONSOLE_URL").CONSOLE_URL,
  signatures: readSignatures(readEnv("SIGNATURES").SIGNATURES),
}));
