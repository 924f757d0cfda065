import { expect, test } from "vitest";
import { type DeliveryLog, followDeliveries } from "../../../cli/deliveries/follow-deliveries.ts";
import {
  attemptLine,
  attemptsSince,
  type DeliveryAttempt,
} from "../../../cli/deliveries/shown-delivery.ts";
import { lineText } from "../../../cli/output/line.ts";
import type { Attempt, DeliverySummary } from "../../../shared/contract/delivery.ts";

const startTime = "2024-01-24T12:00:00.000Z";

function delivery(
  messageId: string,
  status: DeliverySummary["status"],
  attemptCount = 1,
  changes: Partial<DeliverySummary> = {},
) {
  return {
    ...{ messageId, topicName: "t", event: null, status, attemptCount },
    ...{ lastStatusCode: 200, latencyMs: 12, error: null },
    publishedTime: "2024-01-24T23:20:28Z",
    ...{ lastAttemptTime: "2024-01-24T23:20:28Z", nextAttemptTime: null },
    ...changes,
  } satisfies DeliverySummary;
}

/** Published the day before, and attempted at that minute of the first hour. */
function old(
  messageId: string,
  status: DeliverySummary["status"],
  attemptCount: number,
  minute = 0,
) {
  const lastAttemptTime = `2024-01-24T12:${String(minute).padStart(2, "0")}:00.000Z`;
  const publishedTime = "2024-01-23T12:00:00.000Z";
  return delivery(messageId, status, attemptCount, { publishedTime, lastAttemptTime });
}

interface Look {
  /** Of the last hour, newest first. */
  readonly recent?: DeliverySummary[];
  /** Published earlier, as they are at that time. */
  readonly older?: DeliverySummary[];
}

/** What is followed through these looks at the log; it ends at the last. */
async function follow(looks: Look[], since?: string) {
  const windows: string[] = [];
  const asked: string[] = [];
  const controller = new AbortController();
  const now = () => looks[windows.length - 1] ?? {};
  const log: DeliveryLog = {
    async *since(time) {
      windows.push(time);
      yield* now().recent ?? [];
      if (windows.length > looks.length) controller.abort();
    },
    withStatus: async (status) => (now().older ?? []).filter((one) => one.status === status),
    async get(messageId) {
      asked.push(messageId);
      const found = now().older?.find((one) => one.messageId === messageId);
      if (!found) throw new Error(`no ${messageId}`);
      return found;
    },
  };
  const followed: string[] = [];
  const options = {
    ...{ since, nowMs: () => Date.parse(startTime), pollMs: 0 },
    onBegun: () => followed.push(`begun after ${windows.length} look`),
  };
  for await (const { delivery: one } of followDeliveries(log, {
    ...options,
    signal: controller.signal,
  })) {
    followed.push(`${one.messageId} ${one.status} ${one.attemptCount}`);
  }
  return { followed, windows, asked };
}

test("tells what is new and what has changed, oldest first, and nothing twice", async () => {
  const { followed, windows } = await follow([
    { recent: [delivery("a", "retrying")] },
    { recent: [delivery("c", "delivered"), delivery("b", "retrying"), delivery("a", "retrying")] },
    {
      recent: [
        delivery("c", "delivered"),
        delivery("b", "delivered", 2),
        delivery("a", "failed", 2),
      ],
    },
  ]);
  expect(followed).toEqual([
    "begun after 1 look",
    ...["b retrying 1", "c delivered 1", "a failed 2", "b delivered 2"],
  ]);
  expect(new Set(windows)).toEqual(new Set(["2024-01-24T11:00:00.000Z"]));
});

test("tells every retry of a message that was published days ago, to its end", async () => {
  const quiet = (...older: DeliverySummary[]) => Array.from({ length: 4 }, () => ({ older }));
  const { followed, asked } = await follow([
    ...[{ older: [old("a", "retrying", 5)] }, ...quiet()],
    ...[{ older: [old("a", "retrying", 6, 1)] }, ...quiet()],
    ...[{ older: [old("a", "delivered", 7, 2)] }, ...quiet()],
  ]);
  expect(followed).toEqual(["begun after 1 look", "a retrying 6", "a delivered 7"]);
  expect(asked).toEqual(["a"]);
});

test("tells of an old failure that is sent again, and of none that only comes into view", async () => {
  const before = { lastAttemptTime: "2024-01-23T12:00:00.000Z" };
  const hidden = { ...old("hidden", "failed", 9), ...before };
  const { followed } = await follow([
    ...[{ older: [{ ...old("a", "failed", 9), ...before }] }, {}, {}, {}, {}],
    { older: [old("a", "delivered", 1, 1), hidden] },
  ]);
  expect(followed).toEqual(["begun after 1 look", "a delivered 1"]);
});

test("begins with what there is since a time that is given", async () => {
  const recent = [delivery("a", "failed")];
  const since = "2024-01-01T00:00:00Z";
  const { followed, windows } = await follow([{ recent }], since);
  expect(followed).toEqual(["begun after 1 look", "a failed 1"]);
  expect(windows[0]).toBe(since);
});

test("fails when the log cannot be read", async () => {
  const since = () => {
    throw new Error("out of reach");
  };
  const log = { since, withStatus: async () => [], get: () => expect.unreachable() };
  const onBegun = () => expect.unreachable();
  const options = { since: undefined, nowMs: Date.now, signal: AbortSignal.any([]), onBegun };
  await expect(followDeliveries(log, options).next()).rejects.toThrow("out of reach");
});

const attempt: Attempt = {
  ...{ attempt: 1, attemptTime: "2024-01-24T12:00:00.000Z", statusCode: 500, latencyMs: 12 },
  ...{ error: "HTTP 500", responseBody: "oops" },
};

const lineOf = (made: DeliveryAttempt) => lineText(attemptLine(made), { width: undefined });

test("shows each of several attempts between two looks, with what it led to", () => {
  const gone = { attempt: 3, statusCode: 410, error: "HTTP 410" };
  const attempts: Attempt[] = [
    attempt,
    { ...attempt, attempt: 2, attemptTime: "2024-01-24T12:01:00.000Z" },
    { ...attempt, ...gone, attemptTime: "2024-01-24T12:02:00.000Z" },
  ];
  const whole = { ...old("msg_1", "failed", 3, 2), attempts };
  const shown = attemptsSince(whole, Date.parse("2024-01-24T12:00:30.000Z"), false);
  expect(shown.map(lineOf)).toEqual([
    "2024-01-24T12:01:00.000Z  msg_1  t  -  retrying  attempt 2  500  12 ms  HTTP 500",
    "2024-01-24T12:02:00.000Z  msg_1  t  -  failed  attempt 3  410  12 ms  HTTP 410",
  ]);
  expect(JSON.stringify(shown)).not.toContain("oops");
});

test("shows the receiver's answer where it is asked for, and an end without an attempt", () => {
  const delivered = { ...attempt, statusCode: 200, error: null };
  const [made] = attemptsSince({ ...old("msg_1", "delivered", 1), attempts: [delivered] }, 0, true);
  expect(made && lineOf(made)).toBe(
    '2024-01-24T12:00:00.000Z  msg_1  t  -  delivered  attempt 1  200  12 ms  "oops"',
  );
  const ended = { ...old("msg_1", "failed", 1), error: "webhook inactive", attempts: [attempt] };
  expect(attemptsSince(ended, Date.parse(startTime) + 1, true).map(lineOf)).toEqual([
    "-  msg_1  t  -  failed  attempt -  -  -  webhook inactive",
  ]);
});
