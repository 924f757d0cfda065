import { expect, test } from "vitest";
import { putWebhook } from "../../../../functions/http/webhooks/put-webhook.ts";
import { resumeWebhook } from "../../../../functions/http/webhooks/resume-webhook.ts";
import { rotateWebhookSecret } from "../../../../functions/http/webhooks/rotate-webhook-secret.ts";
import { updateWebhookDetails } from "../../../../functions/http/webhooks/update-webhook-details.ts";
import type { WebhookHealth } from "../../../../shared/contract/health.ts";
import { tripBreaker } from "../../../../shared/domain/breaker/breaker.ts";
import {
  type Health,
  type HealthRecord,
  noFailures,
} from "../../../../shared/domain/breaker/health-record.ts";
import { callerWith } from "../../functions/http-event.ts";
import { memoryWebhooks, openBookVault } from "../../functions/memory-webhooks.ts";
import { nothingWaits } from "../../functions/nothing-waits.ts";
import { webhookId, webhookWith } from "../../samples.ts";
import { suspensionsOf } from "../suspensions.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const webhook = webhookWith({
  sealedSecret: "secret of whk: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
});
const { cacheName, webhookName, topicName } = webhook;
const own = { webhookId, cacheName, webhookName };
const breaker = tripBreaker(7, 900, nowMs - 60_000);
const held: HealthRecord = { v: 1, ...own, ...noFailures, version: 7, breaker };
const parts = { params: own, query: undefined, headers: {}, text: "", caller: callerWith() };

const answered: WebhookHealth = {
  ...{ state: "limited", since: "2024-01-24T23:20:28Z", waiting: 3 },
  ...{ lastSuccessTime: null, lastStatusCode: null, lastError: null },
  ...{ nextProbeTime: null, nextFreeTime: null },
};

/** What a call works with, and the healths that it wrote of a webhook whose breaker is open. */
function world() {
  const written: (Health | undefined)[] = [];
  const timers: number[] = [];
  const { store, writer } = memoryWebhooks(webhook);
  const deps = {
    ...nothingWaits,
    webhooks: store,
    writer,
    vault: openBookVault,
    suspensions: suspensionsOf(),
    webhooksPerCache: 10,
    healths: {
      ...nothingWaits.healths,
      find: async () => held,
      async change(_who: object, _before: unknown, after: Health | undefined) {
        written.push(after);
        return true;
      },
    },
    retries: { sendBreakerTimer: async ({ tick }: { tick: number }) => void timers.push(tick) },
    health: { healthOf: async () => answered },
    now: () => nowMs,
  };
  return { deps, written, timers };
}

type Deps = ReturnType<typeof world>["deps"];

const repairs: Record<string, (deps: Deps) => Promise<unknown>> = {
  "a new URL by putWebhook": (deps) => {
    const body = { destination: { postUrl: "https://b.example/" }, topicName };
    return putWebhook({ ...parts, body }, deps);
  },
  "a change by updateWebhookDetails": (deps) => {
    const config = { url: "https://b.example/", customHeaders: {} };
    return updateWebhookDetails({ ...parts, body: { productId: null, events: [], config } }, deps);
  },
  "a new secret": (deps) =>
    rotateWebhookSecret({ ...parts, headers: undefined, body: undefined }, deps),
  "a resume": (deps) => resumeWebhook({ ...parts, headers: undefined, body: undefined }, deps),
};

test.each(Object.keys(repairs))("%s has everything that waits go out now", async (name) => {
  const { deps, written, timers } = world();
  await repairs[name]?.(deps);
  expect(written).toMatchObject([
    { failures: 0, breaker: { kind: "draining", nextTickMs: nowMs, repair: {} } },
  ]);
  expect(timers).toHaveLength(1);
});
