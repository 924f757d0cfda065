import { beforeEach, expect, test, vi } from "vitest";
import { dynamoDb } from "../../../../shared/aws/clients.ts";
import type { DeliveryJob } from "../../../../shared/contract/jobs.ts";
import { openAnnouncer } from "../../../../shared/delivery/announcer.ts";
import { sendSummaries } from "../../../../shared/delivery/sweep/send-summaries.ts";
import {
  operationalTopic,
  windowMs,
  windowStartMs,
} from "../../../../shared/domain/messages/operational-event.ts";
import { keys } from "../../../../shared/store/keys.ts";
import {
  openEventBudget,
  openSuppressedEvents,
  suppressedShards,
} from "../../../../shared/store/messages/operational-events.ts";
import { openTable } from "../../../../shared/store/table/table.ts";
import { catchMetrics } from "../../metric-lines.ts";
import { factsWith, jobWith, webhookWith } from "../../samples.ts";
import { useTables } from "../../store/embedded-tables.ts";
import { dispatchDeps, subscribersOf, subscriptions } from "./dispatch-deps.ts";

const perMinute = 60;
useTables();
process.env.EVENTS_PER_CACHE_PER_MINUTE = String(perMinute);
const metrics = catchMetrics();

const startMs = windowStartMs(Date.UTC(2024, 0, 24, 23, 20, 28));
let caches = 0;
let cacheName: string;
let nowMs: number;
const now = () => nowMs;

beforeEach(async () => {
  caches += 1;
  cacheName = `events ${caches}`;
  // A day for each test, so that its first sweep sends what the one before has left.
  nowMs = startMs + caches * 86_400_000;
  await service().sweep();
});

interface Told {
  readonly messageId: string;
  readonly event: unknown;
  readonly value: Record<string, unknown>;
}

/** The service with one listener, or none, to whom the queue would deliver what is told. */
function service(listeners = 1) {
  const { deps, trace } = dispatchDeps(subscribersOf(subscriptions(listeners)), { now });
  const suppressed = openSuppressedEvents();
  return {
    deps,
    told: (): Told[] => trace.jobs.map(toldBy),
    singles: () => trace.jobs.filter(({ message }) => message.event === "hookcast.delivery.failed"),
    summaries: () =>
      trace.jobs
        .filter(({ message }) => message.event === "hookcast.events.suppressed")
        .map(toldBy),
    /** One function environment: what it knows of budgets is its own. */
    environment: () => openAnnouncer({ ...deps, budget: openEventBudget(), suppressed }),
    sweep: (stopAtMs = Number.MAX_VALUE) =>
      sendSummaries(stopAtMs, { suppressed, publishing: deps, now }),
  };
}

function toldBy({ message, payload }: DeliveryJob): Told {
  if (payload?.kind !== "json") throw new Error("an event is JSON");
  return { messageId: message.messageId, event: message.event, value: JSON.parse(payload.text) };
}

function failure(serial = 0, topicName = "paid"): DeliveryJob {
  const messageId = `msg_01HMYWCRK00W3GE1R7${String(serial).padStart(6, "0")}00`.slice(0, 30);
  return jobWith({ message: factsWith({ cacheName, topicName, messageId }) });
}

type Environment = ReturnType<ReturnType<typeof service>["environment"]>;

/** So many deliveries fail in batches of ten. */
async function fail(environment: Environment, count: number): Promise<void> {
  for (let done = 0; done < count; done += 10) {
    const batch = Array.from({ length: Math.min(10, count - done) }, (_, n) => failure(done + n));
    await Promise.all(batch.map((job) => environment.failed(job, "HTTP 404, abort-message")));
    await environment.flush();
  }
}

async function callsOf(work: () => Promise<void>): Promise<number> {
  const call = vi.spyOn(dynamoDb, "call");
  await work();
  const { length } = call.mock.calls;
  call.mockRestore();
  return length;
}

test("tells as many single events a minute as the budget has, whatever environments share it", async () => {
  const { environment, singles } = service();
  const [one, two] = [environment(), environment()];
  await Promise.all([fail(one, 100), fail(two, 100)]);
  expect(singles()).toHaveLength(perMinute);
  nowMs += windowMs;
  await Promise.all([fail(one, 100), fail(two, 100)]);
  expect(singles()).toHaveLength(2 * perMinute);
});

test("one cache's flood leaves another cache its events", async () => {
  const { environment, singles } = service();
  const announcer = environment();
  await fail(announcer, 200);
  cacheName = `${cacheName}, other`;
  await fail(announcer, 10);
  expect(singles().filter(({ message }) => message.cacheName === cacheName)).toHaveLength(10);
});

test("a flood costs one write a batch, and no failure more than one", async () => {
  const { environment } = service();
  const announcer = environment();
  // The stand-ins of a publish make no calls: what is left are the budget's and the counts'.
  expect(await callsOf(() => fail(announcer, perMinute))).toBe(perMinute);
  expect(await callsOf(() => fail(announcer, 1_000))).toBe(100);
  const late = environment();
  const batch = Array.from({ length: 10 }, (_, n) => failure(n));
  const first = async () => {
    await Promise.all(batch.map((job) => late.failed(job, "HTTP 500")));
  };
  expect(await callsOf(first)).toBe(10);
  expect(await callsOf(() => late.flush())).toBe(1);
});

test("nothing is written or told where nobody listens", async () => {
  const { environment, told, sweep } = service(0);
  expect(await callsOf(() => fail(environment(), 200))).toBe(0);
  nowMs += 5 * windowMs;
  await sweep();
  expect(told()).toEqual([]);
});

test("each minute of a flood ends in one summary, and all events are accounted for", async () => {
  const { environment, singles, summaries, sweep } = service();
  const announcer = environment();
  const beganMs = nowMs;
  for (let minute = 0; minute < 10; minute += 1) {
    nowMs = beganMs + minute * windowMs + 10_000;
    if (minute < 3) await fail(announcer, 300);
    await sweep(); // goes on when nothing happens any more
  }
  expect(singles()).toHaveLength(3 * perMinute);
  expect(summaries().map(({ value }) => value)).toEqual(
    [0, 1, 2].map((minute) => ({
      startTime: `${new Date(beganMs + minute * windowMs).toISOString().slice(0, 19)}Z`,
      endTime: `${new Date(beganMs + (minute + 1) * windowMs).toISOString().slice(0, 19)}Z`,
      counts: {
        "hookcast.delivery.failed": 240,
        "hookcast.webhook.disabled": 0,
        "hookcast.webhook.recovered": 0,
        "hookcast.webhook.limited": 0,
      },
      firstMessageId: failure(60).message.messageId,
      lastMessageId: failure(299).message.messageId,
    })),
  );
});

test("a summary waits until every batch of its minute has ended", async () => {
  const { environment, summaries, sweep } = service();
  const announcer = environment();
  await fail(announcer, 70);
  nowMs += 2 * windowMs - 1;
  await sweep();
  expect(summaries()).toEqual([]);
  nowMs += 1;
  await sweep();
  expect(summaries()).toHaveLength(1);
});

test("kinds are counted apart, and those that have no message name none", async () => {
  const { environment, summaries, sweep } = service();
  const announcer = environment();
  const webhook = webhookWith({ cacheName });
  for (let n = 0; n < perMinute; n += 1) await announcer.recovered(webhook);
  await announcer.disabled(webhook, "gone");
  await announcer.disabled(webhook, "failing");
  await announcer.recovered(webhook);
  await announcer.flush();
  nowMs += 3 * windowMs;
  await sweep();
  expect(summaries()).toMatchObject([
    {
      value: {
        counts: {
          "hookcast.delivery.failed": 0,
          "hookcast.webhook.disabled": 2,
          "hookcast.webhook.recovered": 1,
        },
        firstMessageId: null,
        lastMessageId: null,
      },
    },
  ]);
});

test("what cannot be told singly is told in the summary", async () => {
  const { environment, deps, summaries, sweep } = service();
  const refusing = { ...deps.deliveries };
  deps.deliveries.send = async (jobs) => [...jobs];
  await fail(environment(), 3);
  Object.assign(deps.deliveries, refusing);
  nowMs += 3 * windowMs;
  await sweep();
  expect(summaries()).toMatchObject([{ value: { counts: { "hookcast.delivery.failed": 3 } } }]);
});

test("a summary that the queue refuses stays, and holds up no other", async () => {
  const { environment, deps, summaries, sweep } = service();
  const announcer = environment();
  await fail(announcer, 61);
  const refused = cacheName;
  for (let n = 0; n < 2 * suppressedShards; n += 1) {
    cacheName = `${refused} ${n}`;
    await fail(announcer, 61);
  }
  nowMs += 3 * windowMs;
  const { send } = deps.deliveries;
  deps.deliveries.send = async (jobs) =>
    jobs[0]?.message.cacheName === refused ? [...jobs] : send(jobs);
  await sweep();
  expect(summaries()).toHaveLength(2 * suppressedShards);
  deps.deliveries.send = send;
  await sweep();
  expect(summaries()).toHaveLength(2 * suppressedShards + 1);
});

test("a summary is sent once, and again under its messageId where the sweep dies before it deletes", async () => {
  const { environment, deps, summaries, sweep } = service();
  await fail(environment(), 70);
  nowMs += 3 * windowMs;
  const dying = { ...openSuppressedEvents(), remove: () => Promise.reject(new Error("died")) };
  await sendSummaries(Number.MAX_VALUE, { suppressed: dying, publishing: deps, now });
  nowMs += 7 * windowMs;
  await sweep();
  await sweep();
  expect(summaries()).toHaveLength(2);
  expect(new Set(summaries().map(({ messageId }) => messageId)).size).toBe(1);
});

test("counts that come while a summary is sent are told in another", async () => {
  const { environment, deps, summaries, sweep } = service();
  await fail(environment(), 70);
  const windowStart = windowStartMs(nowMs);
  nowMs += 3 * windowMs;
  const store = openSuppressedEvents();
  const late = {
    cacheName,
    startMs: windowStart,
    counts: { failed: 1, disabled: 0, recovered: 0, limited: 0 },
  };
  const slow = {
    ...store,
    async remove(window: Parameters<typeof store.remove>[0]) {
      if (window.counts.failed === 10) await store.add(late);
      return store.remove(window);
    },
  };
  await sendSummaries(Number.MAX_VALUE, { suppressed: slow, publishing: deps, now });
  await sweep();
  expect(summaries().map(({ value }) => value.counts)).toMatchObject([
    { "hookcast.delivery.failed": 10 },
    { "hookcast.delivery.failed": 11 },
  ]);
  expect(new Set(summaries().map(({ messageId }) => messageId)).size).toBe(2);
});

test("no time-to-live takes a summary that was not sent; the budget's counters have one", async () => {
  const { environment } = service();
  await fail(environment(), 70);
  const counter = await openTable("MESSAGES_TABLE").get(keys.eventBudget(cacheName, nowMs));
  expect(counter).toMatchObject({ count: perMinute, expiresAt: nowMs / 1000 + 3600 });
  const shards = Array.from({ length: suppressedShards }, (_, shard) =>
    openTable("DELIVERIES_TABLE").query({ pk: keys.suppressedEvents(shard, 0, "").pk }),
  );
  const rows = (await Promise.all(shards)).flatMap((page) => page.rows);
  const [row] = rows.filter((each) => each.cacheName === cacheName);
  expect(row).toMatchObject({ failed: 10 });
  expect(row).not.toHaveProperty("expiresAt");
});

test("deliveries of the topic itself raise no events", async () => {
  const { environment, told } = service();
  const announcer = environment();
  await announcer.failed(failure(1, operationalTopic), "HTTP 500");
  await announcer.flush();
  expect(told()).toEqual([]);
});

test("events are measured, told ones and suppressed ones", async () => {
  metrics.flush();
  await fail(service().environment(), 100);
  expect(metrics.flush()).toMatchObject({ Events: [perMinute], EventsSuppressed: [40] });
});

test("a row that cannot be read holds up no other, and a sweep that has no time left sends none", async () => {
  const { environment, summaries, sweep } = service();
  await fail(environment(), 70);
  for (let shard = 0; shard < suppressedShards; shard += 1) {
    await openTable("DELIVERIES_TABLE").put({ ...keys.suppressedEvents(shard, 0, "x"), v: 9 });
  }
  nowMs += 3 * windowMs;
  await sweep(nowMs);
  expect(summaries()).toEqual([]);
  await sweep();
  expect(summaries()).toHaveLength(1);
});
