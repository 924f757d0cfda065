import { expect, onTestFinished, test, vi } from "vitest";
import type { DeliveryJob } from "../../../../shared/contract/jobs.ts";
import { type BatchDeps, deliverBatch } from "../../../../shared/delivery/attempt/deliver-batch.ts";
import { openSentLately } from "../../../../shared/delivery/attempt/refusal-watch.ts";
import type { DeliveryRecord } from "../../../../shared/domain/attempts/delivery-record.ts";
import { tripBreaker } from "../../../../shared/domain/breaker/breaker.ts";
import type { HealthRecord } from "../../../../shared/domain/breaker/health-record.ts";
import { afterRefusal } from "../../../../shared/domain/breaker/refusal.ts";
import {
  asNewcomer,
  jobForLane,
  markSlow,
  openNeighbours,
} from "../../../../shared/domain/breaker/slowness.ts";
import { catchMetrics } from "../../metric-lines.ts";
import {
  deliveryWith,
  factsWith,
  jobWith,
  messageId,
  publishedTimeMs,
  webhookId,
  webhookWith,
} from "../../samples.ts";
import { answered, contextOf, deliverDeps } from "../deliver-deps.ts";

const otherId = messageId.replace(/.$/, "8");
const other = jobWith({ message: factsWith({ messageId: otherId }) });

interface Circumstances {
  head?: DeliveryRecord;
  health?: HealthRecord;
  /** Whether the slow queue takes nothing. */
  isRefusing?: boolean;
  isCacheSlow?: boolean;
}

function batchDeps(
  reply = answered(200),
  { head, health, isRefusing, isCacheSlow = false }: Circumstances = {},
) {
  const handed: DeliveryJob[][] = [];
  const looked: (readonly DeliveryJob[])[] = [];
  const written: (readonly DeliveryRecord[])[] = [];
  const starts: number[] = [];
  const aside: DeliveryRecord[] = [];
  const deadLetters: string[] = [];
  const counted: [string, number][] = [];
  const { deps, trace } = deliverDeps(reply);
  const queue = {
    async send(jobs: readonly DeliveryJob[]) {
      handed.push([...jobs]);
      return isRefusing ? [...jobs] : [];
    },
  };
  const batch: BatchDeps = {
    ...deps,
    contexts: {
      async load(_, maybeTried) {
        looked.push(maybeTried);
        const read = new Set(maybeTried);
        const context = contextOf(webhookWith(), undefined, health);
        return {
          ...context,
          isCacheSlow: () => isCacheSlow,
          headOf: (job) => (read.has(job) ? head : undefined),
        };
      },
    },
    deliveries: {
      ...deps.deliveries,
      recordDelivered: async (records) => void written.push(records),
      async countStart(_, __, count) {
        starts.push(count);
        return true;
      },
      setAside: async (record) => void aside.push(record),
    },
    healths: {
      find: async () => undefined,
      change: async () => true,
      withTimers: async () => [],
      withTimersAmong: async () => new Set(),
      heartbeat: async () => undefined,
      beat: async () => {},
    },
    counter: { add: async (id, { minutes }) => void counted.push([id, minutes.length]) },
    retries: { sendBreakerTimer: async () => {} },
    laneQueues: { newcomer: queue, slow: queue },
    cacheMarks: { isSlow: () => false, count: async () => false, extend: async () => {} },
    neighbours: openNeighbours(),
    deadLetterQueue: { send: async (body) => void deadLetters.push(body) },
    sentLately: openSentLately(),
    slots: {
      async reserve() {
        throw new Error("nobody has set a rate");
      },
    },
  };
  return { deps: batch, trace, looked, written, handed, starts, aside, deadLetters, counted };
}

const metrics = catchMetrics();
const sentTimeMs = publishedTimeMs;

function once(job: DeliveryJob) {
  return { job, receiveCount: 1, sentTimeMs, body: JSON.stringify(job) };
}

const plenty = () => 60_000;

test("asks for a slot for what was held when the batch came, and is not any more", async () => {
  let clockMs = publishedTimeMs + 100;
  const refusal = { notBeforeMs: clockMs + 1_000, sentPerSecond: 1, hasLimit: true };
  const held = afterRefusal(undefined, { ...refusal, nowMs: clockMs });
  if (!held) throw new Error("it is not held");
  const names = { webhookId, cacheName: "orders", webhookName: "billing" };
  const limited = webhookWith({ maxPerSecond: 2 });
  const { deps, trace } = batchDeps();
  const asked: number[] = [];
  let isLookedAt = false;
  const limitedDeps: BatchDeps = {
    ...deps,
    now: () => clockMs,
    contexts: {
      load: async () => ({
        ...contextOf(limited, undefined, { v: 1, ...names, ...held }),
        // Asked first of the batch, and then of each job whose turn among the others it is.
        isCacheSlow() {
          if (isLookedAt) clockMs += 2_000;
          isLookedAt = true;
          return false;
        },
      }),
    },
    slots: {
      async reserve(_, { howMany }) {
        asked.push(howMany);
        return { slots: [], nextSlotMs: clockMs + 60_000, waiting: howMany };
      },
    },
  };
  await deliverBatch([once(jobWith())], limitedDeps, plenty);
  expect(asked).toEqual([1]);
  expect(trace.posted).toEqual([]);
});

test("counts a batch once a webhook, when everything is posted", async () => {
  const { deps, counted, trace } = batchDeps();
  const add: typeof deps.counter.add = async (id, batch) => {
    trace.order.push("count");
    await deps.counter.add(id, batch);
  };
  await deliverBatch([once(jobWith()), once(other)], { ...deps, counter: { add } }, plenty);
  expect(counted).toEqual([[webhookId, 1]]);
  expect(trace.order.lastIndexOf("post")).toBeLessThan(trace.order.indexOf("count"));
});

test("a count that cannot be written fails no delivery", async () => {
  const { deps } = batchDeps();
  const add = () => Promise.reject(new Error("throttled"));
  const results = await deliverBatch([once(jobWith())], { ...deps, counter: { add } }, plenty);
  expect(results).toEqual([{ status: "fulfilled", value: undefined }]);
});

test("posts every delivery of a batch and writes the successes in one call", async () => {
  const { deps, trace, written } = batchDeps();
  const results = await deliverBatch([once(jobWith()), once(other)], deps, plenty);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  expect(trace.posted.map(({ headers }) => headers["webhook-id"])).toEqual([messageId, otherId]);
  expect(written.map((records) => records.map((record) => record.messageId))).toEqual([
    [messageId, otherId],
  ]);
});

test("measures how long a job was ready before it was taken up", async () => {
  const { deps } = batchDeps();
  const now = () => publishedTimeMs + 10_000;
  const due = jobWith({ attempt: 2, notBeforeMs: publishedTimeMs + 7_000 });
  const early = jobWith({ attempt: 3, notBeforeMs: publishedTimeMs + 20_000 });
  await deliverBatch([once(jobWith()), once(due), once(early)], { ...deps, now }, plenty);
  expect(metrics.flush().QueueDwell).toEqual([10_000, 3_000, 0]);
});

test("reads how a delivery stands only where it may have been tried", async () => {
  const { deps, looked } = batchDeps();
  const [second, replay, waited] = [
    jobWith({ attempt: 2 }),
    jobWith({ generation: 2 }),
    jobWith({ notBeforeMs: 1 }),
  ];
  await deliverBatch([once(jobWith()), once(second), once(replay), once(waited)], deps, plenty);
  await deliverBatch([{ ...once(jobWith()), receiveCount: 2 }], deps, plenty);
  expect(looked).toEqual([[second, replay, waited], [jobWith()]]);
});

/** The head of a delivery that came back so often that its starts are counted. */
function begun(count: number) {
  return deliveryWith({ attemptCount: 0, starts: { generation: 1, attempt: 1, count } });
}

const suspect = { ...once(jobWith()), receiveCount: 3 };

test("counts a start of what came back twice, before it posts", async () => {
  const { deps, trace, starts } = batchDeps(answered(200), { head: begun(3) });
  const { countStart } = deps.deliveries;
  const postedBefore: number[] = [];
  deps.deliveries.countStart = (...about) => {
    postedBefore.push(trace.posted.length);
    return countStart(...about);
  };
  await deliverBatch([{ ...suspect, receiveCount: 2 }], deps, plenty);
  expect(starts).toEqual([]);
  await deliverBatch([suspect], deps, plenty);
  expect(starts).toEqual([4]);
  expect(postedBefore).toEqual([1]);
  expect(trace.posted).toHaveLength(2);
});

test("sends what was begun five times and never ended to the dead-letter queue as it came", async () => {
  const { deps, trace, aside, deadLetters } = batchDeps(answered(200), { head: begun(5) });
  const [result] = await deliverBatch([{ ...suspect, body: "as it came" }], deps, plenty);
  expect(result?.status).toBe("fulfilled");
  expect(trace.posted).toEqual([]);
  expect(deadLetters).toEqual(["as it came"]);
  expect(aside).toMatchObject([{ messageId, status: "pending" }]);
});

test("counts the starts of one attempt alone", async () => {
  const head = { ...begun(5), starts: { generation: 1, attempt: 2, count: 5 } };
  const { deps, starts } = batchDeps(answered(200), { head });
  await deliverBatch([suspect], deps, plenty);
  expect(starts).toEqual([1]);
});

test.each([
  ["gives a start back when a queue or a table refuses", new Error("throttled"), [1, 0]],
  ["keeps the start of an attempt at which our own code broke", new TypeError("x is null"), [1]],
])("%s", async (_, error, counts) => {
  const { deps, starts } = batchDeps();
  const client = { post: () => Promise.reject(error) };
  const [result] = await deliverBatch([suspect], { ...deps, client }, plenty);
  expect(result?.status).toBe("rejected");
  expect(starts).toEqual(counts);
});

test("does not post what an earlier hand-out delivered", async () => {
  const { deps, trace } = batchDeps(answered(200), { head: deliveryWith({ status: "delivered" }) });
  await deliverBatch([{ ...once(jobWith()), receiveCount: 2 }], deps, plenty);
  expect(trace.posted).toEqual([]);
});

test("says nothing of a delivered delivery whose parked copy reaches its horizon", async () => {
  const { deps, trace } = batchDeps(answered(200), { head: deliveryWith({ status: "delivered" }) });
  const late = { ...deps, now: () => Date.UTC(2024, 1, 24) };
  await deliverBatch([once(jobWith({ notBeforeMs: 1 }))], late, plenty);
  expect(trace.failures).toEqual([]);
});

test("posts once what is twice in one batch", async () => {
  const { deps, trace } = batchDeps();
  const results = await deliverBatch([once(jobWith()), once(other), once(jobWith())], deps, plenty);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
  expect(trace.posted).toHaveLength(2);
});

const slowHealth: HealthRecord = {
  v: 1,
  webhookId,
  cacheName: "orders",
  webhookName: "billing",
  ...markSlow(undefined, 500, publishedTimeMs),
};

test("hands first attempts at a slow receiver on, in one call, and posts nothing", async () => {
  const { deps, trace, handed } = batchDeps(answered(200), { health: slowHealth });
  const results = await deliverBatch([once(jobWith()), once(other)], deps, plenty);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  expect(handed).toEqual([[jobForLane(jobWith(), "slow"), jobForLane(other, "slow")]]);
  expect(trace.posted).toEqual([]);
});

test("posts to a slow receiver what has been handed on, and its retries", async () => {
  const { deps, trace, handed } = batchDeps(answered(200), { health: slowHealth });
  const retry = jobWith({ message: factsWith({ messageId: otherId }), attempt: 2, notBeforeMs: 1 });
  await deliverBatch([once(jobForLane(jobWith(), "slow")), once(retry)], deps, plenty);
  expect(trace.posted).toHaveLength(2);
  expect(handed).toEqual([]);
});

test.each([
  { receiver: "is well", most: 10, health: undefined },
  {
    receiver: "fails",
    most: 5,
    health: { ...slowHealth, slowUntilMs: undefined, isNewcomer: undefined, failures: 1 },
  },
])("has $most POSTs at most under way at a receiver that $receiver", async ({ most, health }) => {
  const { deps } = batchDeps(answered(200), health && { health });
  let underWay = 0;
  let mostSeen = 0;
  const post = async () => {
    underWay += 1;
    mostSeen = Math.max(mostSeen, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return answered(200);
  };
  const items = Array.from({ length: 12 }, (_, n) =>
    once(jobWith({ message: factsWith({ messageId: messageId.replace(/..$/, `${10 + n}`) }) })),
  );
  await deliverBatch(items, { ...deps, client: { post } }, plenty);
  expect(mostSeen).toBe(most);
});

test("does not end before the mark of a slow receiver is written", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { deps } = batchDeps();
  const after = <Value>(ms: number, value: Value) =>
    new Promise<Value>((resolve) => setTimeout(resolve, ms, value));
  const slow: BatchDeps = {
    ...deps,
    client: { post: () => after(600, answered(200)) },
    healths: { ...deps.healths, change: () => after(1_000, true) },
  };
  let hasEnded = false;
  const ending = deliverBatch([once(jobWith())], slow, plenty).then(() => {
    hasEnded = true;
  });
  await vi.advanceTimersByTimeAsync(1_499);
  expect(hasEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await ending;
});

test("hands nothing on that an open breaker parks", async () => {
  const open = { ...slowHealth, breaker: tripBreaker(1, 10, publishedTimeMs) };
  const { deps, trace, handed } = batchDeps(answered(200), { health: open });
  await deliverBatch([once(jobWith())], deps, plenty);
  expect([trace.parked.length, handed.length]).toEqual([1, 0]);
});

test("hands back what the slow queue refuses", async () => {
  const { deps } = batchDeps(answered(200), { health: slowHealth, isRefusing: true });
  const results = await deliverBatch([once(jobWith())], deps, plenty);
  expect(results.map(({ status }) => status)).toEqual(["rejected"]);
});

const newcomer: HealthRecord = {
  ...{ v: 1, webhookId, cacheName: "orders", webhookName: "billing" },
  ...asNewcomer(undefined, publishedTimeMs),
};
test("hands first attempts at a newcomer on, in one call, and posts nothing", async () => {
  const { deps, trace, handed } = batchDeps(answered(200), { health: newcomer });
  await deliverBatch([once(jobWith()), once(other)], deps, plenty);
  expect(handed).toEqual([[jobForLane(jobWith(), "newcomer"), jobForLane(other, "newcomer")]]);
  expect(trace.posted).toEqual([]);
});

test("posts to a newcomer from its lane, unless it has turned out to be slow there", async () => {
  const waiting = jobForLane(jobWith(), "newcomer");
  const proving = batchDeps(answered(200), { health: newcomer });
  await deliverBatch([once(waiting)], proving.deps, plenty);
  expect([proving.trace.posted.length, proving.handed]).toEqual([1, []]);
  const slow = batchDeps(answered(200), { health: slowHealth });
  await deliverBatch([once(waiting)], slow.deps, plenty);
  expect([slow.trace.posted.length, slow.handed]).toEqual([0, [[jobForLane(waiting, "slow")]]]);
});

test("hands first attempts of a cache that is slow as a whole on, proven or not", async () => {
  for (const health of [undefined, newcomer]) {
    const circumstances = { isCacheSlow: true, ...(health && { health }) };
    const { deps, trace, handed } = batchDeps(answered(200), circumstances);
    await deliverBatch([once(jobWith())], deps, plenty);
    expect([trace.posted, handed]).toEqual([[], [[jobForLane(jobWith(), "slow")]]]);
  }
});

test("hands on what waits behind a POST that turned out to be slow", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { deps, handed } = batchDeps(answered(200), { health: newcomer });
  let posts = 0;
  const post = () => {
    posts += 1;
    return new Promise<ReturnType<typeof answered>>((resolve) =>
      setTimeout(resolve, 600, answered(200)),
    );
  };
  const items = Array.from({ length: 7 }, (_, n) => {
    const message = factsWith({ messageId: messageId.replace(/..$/, `${10 + n}`) });
    return once(jobForLane(jobWith({ message }), "newcomer"));
  });
  const ending = deliverBatch(items, { ...deps, client: { post } }, plenty);
  await vi.advanceTimersByTimeAsync(700);
  await ending;
  expect([posts, handed.flat().map(({ lane }) => lane)]).toEqual([5, ["slow", "slow"]]);
});

test("fails one delivery alone, and still writes the others", async () => {
  const { deps, written } = batchDeps();
  const messages = { find: () => Promise.reject(new Error("throttled")) };
  const byReference = jobWith({ payload: undefined });
  const items = [once(byReference), once(other)];
  const results = await deliverBatch(items, { ...deps, messages }, plenty);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(written.flat().map((record) => record.messageId)).toEqual([otherId]);
});

test("never takes a receiver's failure for a fault of ours", async () => {
  const { deps, trace } = batchDeps({
    outcome: { kind: "unreachable", error: "connection refused" },
    latencyMs: 1,
    responseBody: "",
  });
  const results = await deliverBatch([once(jobWith())], deps, plenty);
  expect(results).toEqual([{ status: "fulfilled", value: undefined }]);
  expect(trace.retried).toMatchObject([{ attempt: 2 }]);
});
