import { expect, test } from "vitest";
import { testWebhook } from "../../../functions/http/webhooks/test-webhook.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { asNewcomer, markSlow } from "../../../shared/domain/breaker/slowness.ts";
import {
  changeEventType,
  type EventTypeRecord,
} from "../../../shared/domain/event-types/event-type-record.ts";
import type { OutgoingRequest } from "../../../shared/domain/requests/outgoing-request.ts";
import { Secret } from "../../../shared/domain/webhooks/sealed.ts";
import type { Caller } from "../../../shared/runtime/caller.ts";
import { publishedTimeMs, webhookId, webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";
import { nothingWaits } from "./nothing-waits.ts";

interface Sent {
  body?: { event?: string; example?: number };
  caller?: Partial<Caller>;
  type?: EventTypeRecord;
}

/** A call with a key, and what it led to: keys whose rate was asked, and requests to the receiver. */
function callWith(
  webhook = webhookWith(),
  take = async () => {},
  latencyMs = 7,
  health = newcomer,
  sent: Sent = {},
) {
  const changes: unknown[] = [];
  const asked: string[] = [];
  const requests: OutgoingRequest[] = [];
  const looked: unknown[] = [];
  const answer = testWebhook(
    {
      params: { webhookId },
      query: undefined,
      headers: {},
      body: sent.body,
      text: "",
      caller: { ...callerWith({ keyId: "key_9", caches: ["orders"] }), ...sent.caller },
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
      eventTypes: {
        async find(name) {
          looked.push(name);
          return sent.type;
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
  return { answer, asked, requests, changes, looked };
}

const named = { topicName: webhookWith().topicName, event: "invoice.paid" };
const type = changeEventType(
  undefined,
  named,
  { examples: [{ id: 1 }, { id: 2 }], audience: ["staff"] },
  publishedTimeMs,
);

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

test("neither does an example that is not in the catalogue", async () => {
  const { answer, asked } = callWith(webhookWith(), undefined, 7, newcomer, {
    body: { event: named.event },
  });
  await expect(answer).rejects.toMatchObject({ code: "NOT_FOUND_ERROR" });
  expect(asked).toEqual([]);
});

test("an example is sent with its event, and marked, for its receiver must not take it for real", async () => {
  const body = { event: named.event, example: 1 };
  const { answer, requests, looked } = callWith(webhookWith(), undefined, 7, newcomer, {
    ...{ body, type },
  });
  expect(await answer).toMatchObject({ delivered: true });
  expect(looked).toEqual([named]);
  expect(requests).toMatchObject([{ headers: { "webhook-test": "true" } }]);
  expect(JSON.parse(String(requests[0]?.body))).toMatchObject({
    ...{ type: named.event, data: { id: 2 } },
  });
});

test.each([{}, undefined])(
  "%j sends what it always sent, and looks at no catalogue",
  async (body) => {
    const sent = body === undefined ? {} : { body };
    const { answer, requests, looked } = callWith(webhookWith(), undefined, 7, newcomer, sent);
    await answer;
    expect(looked).toEqual([]);
    expect(requests[0]?.headers).not.toHaveProperty("webhook-test");
    expect(JSON.parse(String(requests[0]?.body))).toMatchObject({ type: "hookcast.test" });
  },
);

test("a session does not find a type that it is not shown", async () => {
  const session = { topics: [named.topicName], audience: "public", expiresAt: publishedTimeMs + 1 };
  const { answer, requests } = callWith(webhookWith(), undefined, 7, newcomer, {
    ...{ body: { event: named.event }, type, caller: { session } },
  });
  await expect(answer).rejects.toMatchObject({ code: "NOT_FOUND_ERROR" });
  expect(requests).toEqual([]);
});
