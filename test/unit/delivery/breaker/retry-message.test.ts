import { expect, test } from "vitest";
import { retryMessage } from "../../../../functions/http/messages/retry-message.ts";
import type { DeliveryJob } from "../../../../shared/contract/jobs.ts";
import { callerWith } from "../../functions/http-event.ts";
import { nothingHolds } from "../../functions/nothing-waits.ts";
import { deliveryWith, factsWith, jobWith, messageId, webhookWith } from "../../samples.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const { cacheName } = webhookWith();
const ids = ["A", "B", "C"].map((last) => `whk_${"0".repeat(25)}${last}`);
const { payload = { kind: "json", text: "{}" } } = jobWith();

interface Case {
  /** How many of the jobs the queue leaves, from the end. */
  refusedJobs?: number;
  caches?: string[];
  expiresAt?: number;
}

async function retry({ refusedJobs = 0, caches = [cacheName], expiresAt = nowMs }: Case) {
  const sent: DeliveryJob[] = [];
  let reads = 0;
  const answer = retryMessage(
    {
      params: { cacheName, messageId },
      query: undefined,
      headers: {},
      body: { webhookIds: ids },
      text: "",
      caller: callerWith({ caches }),
    },
    {
      ...nothingHolds,
      webhooks: {
        findById: async (webhookId) => webhookWith({ webhookId, webhookName: webhookId }),
      },
      messages: {
        async find() {
          reads += 1;
          return { facts: factsWith(), payload, expiresAt };
        },
      },
      log: { find: async (webhookId) => deliveryWith({ webhookId, generation: 3 }) },
      deliveries: {
        async send(jobs) {
          sent.push(...jobs);
          return refusedJobs === 0 ? [] : jobs.slice(-refusedJobs);
        },
      },
      now: () => nowMs,
    },
  );
  return { answer, sent, reads: () => reads };
}

test("reads the message once, and sends a new generation to each webhook", async () => {
  const { answer, sent, reads } = await retry({});
  expect(await answer).toEqual({ results: ids.map((webhookId) => ({ webhookId })) });
  expect(sent).toMatchObject(ids.map((webhookId) => ({ webhookId, generation: 4, attempt: 1 })));
  expect(reads()).toBe(1);
});

test("what the queue does not take is refused alone", async () => {
  const { answer } = await retry({ refusedJobs: 1 });
  expect((await answer).results).toMatchObject([
    { webhookId: ids[0] },
    { webhookId: ids[1] },
    { webhookId: ids[2], error: { code: "SERVER_UNAVAILABLE" } },
  ]);
});

test("a call of which the queue takes nothing fails as a whole, and may be tried again", async () => {
  const { answer } = await retry({ refusedJobs: 3 });
  await expect(answer).rejects.toMatchObject({ status: 503, code: "SERVER_UNAVAILABLE" });
});

test.each([
  ["has expired", { expiresAt: nowMs / 1000 }],
  ["is another tenant's", { caches: ["another"] }],
])("nothing is sent of a message that %s", async (_, change) => {
  const { answer, sent } = await retry(change);
  await expect(answer).rejects.toMatchObject({ status: 404, code: "NOT_FOUND_ERROR" });
  expect(sent).toEqual([]);
});
