import fc from "fast-check";
import { expect, test } from "vitest";
import { synthesize } from "../synthesize.ts";
import { alarmsOf } from "./alarms.ts";
import { type Point, rings, type Watch, watchOf } from "./evaluate-alarms.ts";

/** What rang before queries replaced metrics in alarms: docs/adr/0021-what-idle-costs.md. */
const sum = { combine: "SUM", periodMinutes: 5, periods: 1 } as const;
const max = { combine: "MAX", periodMinutes: 5 } as const;
const queues = {
  Delivery: "delivery",
  Newcomer: "newcomer",
  Slow: "slow",
  Retry: "retry",
  FanOut: "fan-out",
  Recover: "recover",
};
const tables = ["Webhooks", "Messages", "Deliveries", "ApiKeys"];
const functions = [
  ...["ApiAuthorize", "ApiPublish", "ApiPublishBatch"],
  ...["WorkersDeliver", "WorkersSweep", "WorkersFanOut"],
];
const before: Watch[] = [
  ...Object.entries(queues).flatMap(([id, name]): Watch[] => [
    {
      heading: `Messages in the ${name} dead-letter queue`,
      metrics: [`ApproximateNumberOfMessagesVisible QueueName=Queues${id}DeadLetters`],
      ...{ ...max, periodMinutes: 1, periods: 1, threshold: 1 },
    },
    {
      heading: `Messages wait too long in the ${name} queue`,
      metrics: [`ApproximateAgeOfOldestMessage QueueName=Queues${id}Queue`],
      ...{ ...max, periods: 2, threshold: 1_800 },
    },
  ]),
  { heading: "The API answers with 5xx", metrics: ["5xx ApiId=ApiHttp"], ...sum, threshold: 10 },
  {
    heading: "DynamoDB throttles",
    metrics: [
      ...tables.flatMap((id) => [
        `ReadThrottleEvents TableName=Storage${id}`,
        `WriteThrottleEvents TableName=Storage${id}`,
      ]),
      "WriteThrottleEvents TableName=StorageDeliveries GlobalSecondaryIndexName=undelivered",
      "WriteThrottleEvents TableName=StorageDeliveries GlobalSecondaryIndexName=waiting",
    ],
    ...{ ...sum, threshold: 100 },
  },
  {
    heading: "Functions are throttled",
    metrics: functions.map((id) => `Throttles FunctionName=${id}`),
    ...{ ...sum, threshold: 10 },
  },
  {
    heading: "Recursive invocations were dropped",
    metrics: ["Deliver", "FanOut", "Recover"].map(
      (id) => `RecursiveInvocationsDropped FunctionName=Workers${id}`,
    ),
    ...{ ...sum, threshold: 1 },
  },
  {
    heading: "A message waits for days",
    metrics: ["OldestUndelivered Stack=Hookcast"],
    ...{ ...max, periods: 3, threshold: 345_600 },
  },
  {
    heading: "The sweeper is late",
    metrics: ["SweeperLag Stack=Hookcast"],
    ...{ ...max, periodMinutes: 1, periods: 5, threshold: 180, missingIsBad: true },
  },
  { heading: "Many keys are refused", metrics: ["Denied Stack=Hookcast"], ...sum, threshold: 100 },
];

const alarms = alarmsOf(synthesize().template);
const now = alarms.flatMap(watchOf);

/** As little as sets off an alarm, at any of its metrics, in any minute of a period. */
function justEnough({ metrics, ...watch }: Watch): fc.Arbitrary<Point[]> {
  const { periodMinutes, periods, threshold } = watch;
  const minute = fc.integer({ min: 0, max: periodMinutes - 1 });
  const place = fc.record({ metric: fc.constantFrom(...metrics), minute });
  if (watch.combine === "SUM") {
    const ones = fc.array(place, { minLength: threshold, maxLength: threshold, size: "max" });
    return ones.map((places) => places.map((each) => ({ ...each, value: 1 })));
  }
  return place.map(({ metric, minute: first }) =>
    Array.from({ length: periods }, (_, n) => ({
      ...{ metric, minute: first + n * periodMinutes, value: threshold },
    })),
  );
}

/** Spread over the first few of them as evenly as it goes, which is when each part of a sum is least. */
function evenly({ metrics, threshold }: Watch, few: number): Point[] {
  return metrics.slice(0, few).map((metric, n) => ({
    ...{ metric, minute: 0 },
    value: Math.floor((threshold + n) / few),
  }));
}

const anHour = 60;

test("every alarm that there was is still there, by its name", () => {
  const headings = new Set(alarms.map(({ heading }) => heading));
  const unchanged = ["Most attempts fail"];
  expect([...headings].sort()).toEqual(
    [...new Set([...before.map(({ heading }) => heading), ...unchanged])].sort(),
  );
});

test.each(before)("what rang as $heading still does", (watch) => {
  const after = now.filter(({ heading }) => heading === watch.heading);
  const check = (points: Point[]) => {
    expect(rings(watch, points, anHour)).toBe(true);
    expect(after.some((each) => rings(each, points, anHour))).toBe(true);
  };
  fc.assert(fc.property(justEnough(watch), check), { numRuns: 50 });
  if (watch.combine === "SUM") for (const n of watch.metrics.keys()) check(evenly(watch, n + 1));
});

test("dead letters that stay, and the oldest message, ring within minutes of being found", () => {
  const metric = "ApproximateNumberOfMessagesVisible QueueName=QueuesRetryDeadLetters";
  const points = Array.from({ length: 30 }, (_, minute) => ({ metric, minute, value: 1 }));
  const ringing = now.filter((watch) => !watch.missingIsBad && rings(watch, points, 17));
  expect(ringing.map(({ heading }) => heading)).toEqual([
    "Messages in the retry dead-letter queue",
  ]);
});

test("nothing rings while nothing happens but the sweep", () => {
  const points = Array.from({ length: anHour }, (_, minute) => ({
    ...{ metric: "SweeperLag Stack=Hookcast", minute, value: 0 },
  }));
  const atWork = now.filter(({ missingIsBad }) => !missingIsBad);
  expect(atWork.filter((watch) => rings(watch, points, anHour))).toEqual([]);
});
