import { expect, test } from "vitest";
import type { DeliveryJob, FanOutJob } from "../../../../shared/contract/jobs.ts";
import { fanOutPage } from "../../../../shared/delivery/publish/fan-out-page.ts";
import type { KeptMessage } from "../../../../shared/store/messages/message-store.ts";
import { factsWith, messageId, publishedTimeMs } from "../../samples.ts";
import { subscribersOf, subscriptions, subscriptionWith } from "./dispatch-deps.ts";

const payload = { kind: "text", text: "x" } as const;
const job: FanOutJob = { v: 1, message: factsWith(), payload, after: "j" };

/** A topic read in pages, and queues that refuse as many jobs as they are told. */
function depsWith(
  pages: Record<string, ReturnType<typeof subscribersOf>>,
  refused = 0,
  stored?: KeptMessage,
) {
  const found: string[] = [];
  const sent: DeliveryJob[] = [];
  const next: FanOutJob[] = [];
  const deps = {
    webhooks: {
      subscribers: async (
        _cache: string,
        _topic: string,
        { after = "" }: { after?: string | undefined },
      ) => pages[after] ?? subscribersOf([]),
    },
    deliveries: {
      async send(jobs: readonly DeliveryJob[]) {
        sent.push(...jobs);
        return jobs.slice(0, refused);
      },
    },
    fanOut: {
      async send(jobs: readonly FanOutJob[]) {
        next.push(...jobs);
        return [];
      },
    },
    messages: {
      putAll: async () => {},
      nextNumbers: async () => 1,
      find: async (_: string, id: string) => {
        found.push(id);
        return stored;
      },
    },
    retentionDays: 30,
    now: () => publishedTimeMs,
  };
  return { deps, sent, next, found };
}

test("sends to the page behind the job's name, under the same messageId", async () => {
  const { deps, sent, next } = depsWith({ j: subscribersOf(subscriptions(3)) });
  await fanOutPage(job, deps);
  expect(sent).toMatchObject(
    subscriptions(3).map(({ webhookId }) => ({
      webhookId,
      attempt: 1,
      generation: 1,
      message: { messageId },
      payload,
    })),
  );
  expect(next).toEqual([]);
});

test("leaves the rest to a job that goes on behind the page", async () => {
  const { deps, next } = depsWith({ j: subscribersOf(subscriptions(3), { last: "z" }) });
  await fanOutPage(job, deps);
  expect(next).toEqual([{ ...job, after: "z" }]);
});

test("comes back, and leaves nothing to others, when the queue refused a delivery", async () => {
  const { deps, next } = depsWith({ j: subscribersOf(subscriptions(3), { last: "z" }) }, 1);
  await expect(fanOutPage(job, deps)).rejects.toMatchObject({ code: "SERVER_UNAVAILABLE" });
  expect(next).toEqual([]);
});

test("comes back when the queue refused the job for the rest", async () => {
  const { deps } = depsWith({ j: subscribersOf(subscriptions(1), { last: "z" }) });
  const refusing = { ...deps, fanOut: { send: async (jobs: readonly FanOutJob[]) => [...jobs] } };
  await expect(fanOutPage(job, refusing)).rejects.toMatchObject({ code: "SERVER_UNAVAILABLE" });
});

test("repeats its page when it is handed out again, and no earlier one", async () => {
  const { deps, sent } = depsWith({
    "": subscribersOf(subscriptions(2)),
    j: subscribersOf(subscriptions(3)),
  });
  await fanOutPage(job, deps);
  await fanOutPage(job, deps);
  expect(sent.slice(3)).toEqual(sent.slice(0, 3));
});

const filtered = subscriptionWith({ filter: JSON.stringify({ value: { amount: [1] } }) });
const reference: FanOutJob = { v: 1, message: factsWith(), after: "j" };

test("reads a long value once where somebody filters, and still carries it by reference", async () => {
  const stored = { facts: factsWith(), payload: { kind: "json", text: '{"amount":1}' } as const };
  const pages = { j: subscribersOf([...subscriptions(2), filtered]) };
  const { deps, sent, found } = depsWith(pages, 0, { ...stored, expiresAt: 1 });
  await fanOutPage(reference, deps);
  expect(found).toEqual([messageId]);
  expect(sent).toHaveLength(3);
  expect(sent.every(({ payload }) => payload === undefined)).toBe(true);
});

test("reads no value where nobody filters, or where the job carries it", async () => {
  const { deps, found } = depsWith({ j: subscribersOf(subscriptions(2)) });
  await fanOutPage(reference, deps);
  const others = depsWith({ j: subscribersOf([filtered]) });
  await fanOutPage({ ...job, payload: { kind: "json", text: '{"amount":2}' } }, others.deps);
  expect([found, others.found, others.sent]).toEqual([[], [], []]);
});
