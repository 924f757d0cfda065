import { expect, test } from "vitest";
import type { DeliveryJob, FanOutJob } from "../../../../shared/contract/jobs.ts";
import { fanOutPage } from "../../../../shared/delivery/publish/store-and-enqueue.ts";
import { factsWith, messageId } from "../../samples.ts";
import { subscribersOf, subscriptions } from "./dispatch-deps.ts";

const payload = { kind: "text", text: "x" } as const;
const job: FanOutJob = { v: 1, message: factsWith(), payload, after: "j" };

/** A topic read in pages, and queues that refuse as many jobs as they are told. */
function depsWith(pages: Record<string, ReturnType<typeof subscribersOf>>, refused = 0) {
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
    next: {
      async send(jobs: readonly FanOutJob[]) {
        next.push(...jobs);
        return [];
      },
    },
  };
  return { deps, sent, next };
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
  const refusing = { ...deps, next: { send: async (jobs: readonly FanOutJob[]) => [...jobs] } };
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
