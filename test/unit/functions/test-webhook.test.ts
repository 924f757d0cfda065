import { expect, test } from "vitest";
import { testWebhook } from "../../../functions/http/webhooks/test-webhook.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { asNewcomer, markSlow } from "../../../shared/domain/breaker/slowness.ts";
import type { OutgoingRequest } from "../../../shared/domain/requests/outgoing-request.ts";
import { Secret } from "../../../shared/domain/webhooks/sealed.ts";
import { publishedTimeMs, webhookId, webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";
import { nothingWaits } from "./nothing-waits.ts";

/** A call with a key, and what it led to: keys whose rate was asked, and requests to the receiver. */
function callWith(
  webhook = webhookWith(),
  take = async () => {},
  latencyMs = 7,
  health = newcomer,
) {
  const changes: unknown[] = [];
  const asked: string[] = [];
  const requests: OutgoingRequest[] = [];
  const answer = testWebhook(
    {
      params: { webhookId },
      query: undefined,
      headers: {},
      body: undefined,
      text: "",
      caller: callerWith({ keyId: "key_9", caches: ["orders"] }),
    },
    {
      ...nothingWaits,
      webhooks: { findById: async () => webhook },
      suspensions: { has: async () => false },
      rate: {
        take(keyId) {
          asked.push(keyId);
          return take();
        },
      },
      vault: {
        secretOf: async () => new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        previousSecretOf: async () => undefined,
        headersOf: async () => ({}),
        openText: async (_owner, _purpose, sealed) => new Secret(sealed),
      },
      accessTokens: { tokenFor: async () => ({ token: "token", isFresh: true }) },
      client: {
        async post(request) {
          requests.push(request);
          return {
            outcome: { kind: "answer", statusCode: 200, headers: {} },
            latencyMs,
            responseBody: "",
          };
        },
      },
      healths: {
        find: async () => ({
          v: 1,
          webhookId,
          cacheName: "orders",
          webhookName: "billing",
          ...health,
        }),
        async change(_, before, after) {
          changes.push([before?.version, after]);
          return true;
        },
      },
      now: () => publishedTimeMs,
      tracing: false,
    },
  );
  return { answer, asked, requests, changes };
}

const newcomer = asNewcomer(undefined, publishedTimeMs);

test("a test that is answered fast proves a newcomer", async () => {
  const { answer, changes } = callWith();
  expect(await answer).toMatchObject({ delivered: true });
  expect(changes).toEqual([[newcomer.version, undefined]]);
});

test.each([
  ["is answered slowly", 500, newcomer],
  ["comes while a mark lasts", 7, markSlow(undefined, 500, publishedTimeMs)],
])("a test that %s proves nothing", async (_, latencyMs, health) => {
  const { answer, changes } = callWith(webhookWith(), undefined, latencyMs, health);
  expect(await answer).toMatchObject({ delivered: true });
  expect(changes).toEqual([]);
});

test.each([
  [30, 10],
  [15, 10],
  [10, 10],
  [3, 3],
])("a webhook that may take %i s has %i s for a test", async (timeoutSeconds, waited) => {
  const { answer, requests } = callWith(webhookWith({ timeoutSeconds }));
  expect(await answer).toMatchObject({ delivered: true });
  expect(requests).toMatchObject([{ timeoutMs: waited * 1_000 }]);
});

test("a key that tests too fast reaches no receiver", async () => {
  const refusal = new AppError("LIMIT_EXCEEDED_ERROR", "too fast");
  const { answer, asked, requests } = callWith(webhookWith(), () => Promise.reject(refusal));
  await expect(answer).rejects.toBe(refusal);
  expect([asked, requests]).toEqual([["key_9"], []]);
});

test("what is out of reach counts against no key's rate", async () => {
  const { answer, asked } = callWith(webhookWith({ cacheName: "others" }));
  await expect(answer).rejects.toMatchObject({ code: "NOT_FOUND_ERROR" });
  expect(asked).toEqual([]);
});
