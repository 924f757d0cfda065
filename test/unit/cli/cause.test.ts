import { expect, test } from "vitest";
import * as z from "zod/mini";
import { causeOf, whyNotSent } from "../../../cli/mcp/cause.ts";
import { offeredOperations, onlyReads } from "../../../cli/mcp/operations.ts";
import type { Attempt } from "../../../shared/contract/delivery.ts";
import type { MessageSummary } from "../../../shared/contract/message.ts";
import { getWebhookDetails } from "../../../shared/contract/operations/webhooks/get-webhook-details.ts";
import type { Route } from "../../../shared/contract/route.ts";
import { routes } from "../../../shared/contract/routes.ts";
import { Webhook } from "../../../shared/contract/webhook.ts";

const webhook = z.parse(Webhook, {
  ...getWebhookDetails.example.response,
  webhookStatus: "active",
});
const health = {
  since: "2024-01-24T23:20:28Z",
  lastSuccessTime: null,
  lastStatusCode: null,
  lastError: null,
  waiting: 3,
  nextProbeTime: null,
  nextFreeTime: null,
} as const;
const failing = {
  status: "retrying",
  attemptCount: 2,
  nextAttemptTime: "2024-01-24T23:25:28Z",
  error: "HTTP 500",
  lastStatusCode: 500,
} as const;
const none: Attempt[] = [];

test("a delivery that was taken says so, with what failed before", () => {
  const delivery = { ...failing, status: "delivered", error: null, lastStatusCode: 204 } as const;
  const attempt = { attempt: 1, attemptTime: "2024-01-24T23:20:28Z", latencyMs: 1 };
  const first = { ...attempt, statusCode: 500, error: "HTTP 500", responseBody: "" };
  expect(causeOf(delivery, [first], webhook)).toEqual({
    cause: "The receiver took it with HTTP 204 at attempt 2. Before, it failed: HTTP 500.",
  });
  expect(causeOf({ ...delivery, attemptCount: 1 }, none, webhook).cause).toBe(
    "The receiver took it with HTTP 204.",
  );
});

test("a delivery that is tried again says when, and what holds it back", () => {
  expect(causeOf(failing, none, webhook).cause).toBe(
    "Attempt 2 failed: HTTP 500. It is tried again at 2024-01-24T23:25:28Z.",
  );
  const held = { ...webhook, health: { ...health, state: "held" as const } };
  expect(causeOf(failing, none, held).cause).toContain("circuit breaker is open");
  const limited = { ...webhook, health: { ...health, state: "limited" as const } };
  expect(causeOf(failing, none, limited).cause).toContain("A rate limit or a pause");
  const suspended = { ...webhook, cacheStatus: "suspended" as const };
  expect(causeOf({ ...failing, status: "pending" }, none, suspended).cause).toBe(
    "It waits for its first attempt. An operator has suspended the cache.",
  );
});

test.each([
  [500, "HTTP 500", /fault of its own/],
  [401, "HTTP 401", /secret/],
  [404, "HTTP 404", /URL leads to nothing/],
  [308, "HTTP 308 to https://b.example/", /redirects/],
  [413, "HTTP 413", /too large/],
  [429, "HTTP 429", /maxPerSecond/],
  [422, "HTTP 422", /refused the message/],
  [null, "DNS: no such name", /does not resolve/],
  [null, "certificate has expired", /certificate is not valid/],
  [null, "no answer within 15 s", /takes too long/],
  [null, "connect ECONNREFUSED", /could not be reached/],
])("after %s, %s it says what to look at", (lastStatusCode, error, advice) => {
  expect(causeOf({ ...failing, lastStatusCode, error }, none, webhook).whatToDo).toMatch(advice);
  const over = { ...failing, status: "failed", lastStatusCode, error } as const;
  expect(causeOf(over, none, webhook).whatToDo).toMatch(advice);
});

test("a delivery that has failed says why it is over", () => {
  const over = { ...failing, status: "failed" } as const;
  const cause = (error: string, changes: Partial<Webhook> = {}) =>
    causeOf({ ...over, error }, none, { ...webhook, ...changes }).cause;
  expect(cause("HTTP 500")).toBe("Attempt 2 failed: HTTP 500. No attempt is left after 2.");
  expect(cause("horizon")).toContain("more than seven days");
  expect(cause("webhook inactive")).toContain("The webhook is inactive");
  expect(cause("HTTP 410", { webhookStatus: "inactive", statusReason: "gone" })).toContain(
    "asked for no more",
  );
  expect(causeOf(over, none, undefined)).toEqual({ cause: "Its webhook was deleted." });
});

test("a webhook without a delivery says what in its settings is the reason", () => {
  const message = {
    ...{ event: "invoice.paid", productId: null, publishedTime: "2024-01-25T00:00:00Z" },
  } as MessageSummary; // only what a reason is made of
  const any: Webhook = { ...webhook, events: [], productId: null };
  expect(whyNotSent({ ...any, events: [101] }, message)).toBe(
    "The webhook takes only the events 101, and the message has the event invoice.paid.",
  );
  expect(whyNotSent({ ...any, events: [101] }, { ...message, event: null })).toContain("no event");
  expect(whyNotSent({ ...any, productId: 7 }, message)).toBe(
    "The webhook is for the product 7, and the message is for none.",
  );
  expect(whyNotSent({ ...any, createdTime: "2024-01-26T00:00:00Z" }, message)).toBe(
    "The webhook was made after the message.",
  );
  expect(whyNotSent({ ...any, webhookStatus: "inactive" }, message)).toContain("inactive now");
  expect(whyNotSent(any, message)).toContain("match the message now");
  expect(whyNotSent(any, message, ["value.amount"])).toBe(
    "The message does not pass the webhook's filter: value.amount.",
  );
});

test("no tool for reading changes anything, and none hands out a secret", () => {
  for (const id of offeredOperations(false)) {
    const route: Route = routes[id];
    expect(onlyReads(route), id).toBe(true);
    expect(route.returnsSecret, id).toBe(undefined);
  }
  const withSecrets = Object.values<Route>(routes).filter(
    ({ permission }) => permission === "secret",
  );
  expect(withSecrets.length).toBeGreaterThan(1);
  for (const { id } of withSecrets) expect(offeredOperations(true)).not.toContain(id);
});
