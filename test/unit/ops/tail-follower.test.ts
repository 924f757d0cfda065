import { expect, test } from "vitest";
import { openFollower } from "../../../ops/tail/follower.ts";
import type { TailLine } from "../../../ops/tail/line.ts";
import type {
  AttemptRecord,
  DeliveryRecord,
} from "../../../shared/domain/attempts/delivery-record.ts";
import { mintId } from "../../../shared/domain/ids/ids.ts";
import { attemptWith, deliveryWith } from "../samples.ts";
import { logDouble } from "./tail-source.ts";

const startMs = Date.UTC(2024, 0, 26);
const minuteMs = 60_000;
const dayMs = 86_400_000;

function scene({ sinceMs = startMs } = {}) {
  const clock = { nowMs: startMs };
  const log = logDouble();
  const follower = openFollower(log, sinceMs, () => clock.nowMs);
  const write = (publishedTimeMs: number, changes: Partial<DeliveryRecord>) => {
    const messageId = mintId("msg", publishedTimeMs, new Uint8Array(10));
    log.records.set(messageId, deliveryWith({ messageId, publishedTimeMs, ...changes }));
    return messageId;
  };
  const look = async (afterMs = 2_000) => {
    clock.nowMs += afterMs;
    return (await follower.look()).map(brief);
  };
  return { clock, log, follower, write, look };
}

function brief({ status, attempt, statusCode, error }: TailLine) {
  return [status, attempt, statusCode, error];
}

function succeeded(timeMs: number, attempt = 1): AttemptRecord {
  return attemptWith({ attempt, timeMs, statusCode: 200, error: null });
}

/** The row of a delivery whose first attempt went well. */
function delivered(timeMs: number): Partial<DeliveryRecord> {
  const firstAttempt = succeeded(timeMs);
  return { status: "delivered", lastAttemptTimeMs: timeMs, nextAttemptTimeMs: null, firstAttempt };
}

test("shows each new attempt once, the oldest first", async () => {
  const { write, follower, clock } = scene();
  const second = write(startMs + 10, delivered(startMs + 900));
  const first = write(startMs + 20, delivered(startMs + 300));
  clock.nowMs += 2_000;
  expect((await follower.look()).map(({ messageId }) => messageId)).toEqual([first, second]);
  expect(await follower.look()).toEqual([]);
  write(startMs + 2_100, delivered(startMs + 2_200));
  clock.nowMs += 2_000;
  expect(await follower.look()).toHaveLength(1);
});

test("leaves out what was before, and begins earlier on demand", async () => {
  const now = scene();
  now.write(startMs - minuteMs, delivered(startMs - minuteMs));
  expect(await now.look()).toEqual([]);
  const earlier = scene({ sinceMs: startMs - 10 * minuteMs });
  earlier.write(startMs - 9 * minuteMs, delivered(startMs - 9 * minuteMs));
  earlier.write(startMs - 11 * minuteMs, delivered(startMs - 11 * minuteMs));
  expect(await earlier.look()).toHaveLength(1);
});

test("shows every retry of a message that was published days ago, to its end", async () => {
  const { write, look, log } = scene();
  const published = startMs - 2 * dayMs;
  const old = { lastAttemptTimeMs: startMs - dayMs, attemptCount: 5 };
  const id = write(published, old);
  log.later.set(id, [attemptWith({ attempt: 5, timeMs: startMs - dayMs })]);
  expect(await look()).toEqual([]);

  const sixth = attemptWith({ attempt: 6, timeMs: startMs + 2_500 });
  log.later.get(id)?.push(sixth);
  write(published, { lastAttemptTimeMs: sixth.timeMs, attemptCount: 6 });
  expect(await look()).toEqual([["retrying", 6, 500, "HTTP 500"]]);
  expect(await look()).toEqual([]);

  log.later.get(id)?.push(succeeded(startMs + 7_000, 7));
  write(published, { status: "delivered", lastAttemptTimeMs: startMs + 7_000, attemptCount: 7 });
  expect(await look()).toEqual([["delivered", 7, 200, null]]);
  expect(await look()).toEqual([]);
});

test("shows each of several attempts between two looks", async () => {
  const { write, look, log } = scene();
  const id = write(startMs + 10, {
    status: "failed",
    attemptCount: 3,
    firstAttempt: attemptWith({ timeMs: startMs + 20 }),
    lastAttemptTimeMs: startMs + 60,
  });
  log.later.set(id, [
    attemptWith({ attempt: 2, timeMs: startMs + 40 }),
    attemptWith({ attempt: 3, timeMs: startMs + 60, statusCode: 410, error: "HTTP 410" }),
  ]);
  expect(await look()).toEqual([
    ["retrying", 1, 500, "HTTP 500"],
    ["retrying", 2, 500, "HTTP 500"],
    ["failed", 3, 410, "HTTP 410"],
  ]);
});

test("shows a failed delivery that is sent again, under the numbers of its new generation", async () => {
  const { write, look, log } = scene();
  const published = startMs - dayMs;
  const firstAttempt = attemptWith({ timeMs: published });
  const id = write(published, { status: "failed", lastAttemptTimeMs: published, firstAttempt });
  expect(await look()).toEqual([]);
  log.later.set(id, [succeeded(startMs + 3_000)]);
  write(published, { ...delivered(startMs + 3_000), firstAttempt, generation: 2 });
  expect(await look()).toEqual([["delivered", 1, 200, null]]);
});

test("tells once of a delivery that ended without one more attempt", async () => {
  const { write, look } = scene();
  const published = startMs - dayMs;
  write(published, { lastAttemptTimeMs: startMs - 1 });
  expect(await look()).toEqual([]);
  const end = { status: "failed", error: "webhook inactive" } as const;
  write(published, { ...end, lastAttemptTimeMs: startMs - 1 });
  expect(await look()).toEqual([["failed", 1, null, "webhook inactive"]]);
  expect(await look()).toEqual([]);
});

test("says nothing of old failures that come into view", async () => {
  const { write, look } = scene();
  expect(await look()).toEqual([]);
  write(startMs - dayMs, { status: "failed", lastAttemptTimeMs: startMs - dayMs });
  expect(await look()).toEqual([]);
});

test("finds a first attempt that is recorded an hour late", async () => {
  const { write, look } = scene();
  await look();
  for (let n = 0; n < 59; n += 1) await look(minuteMs);
  write(startMs + 5_000, delivered(startMs + 59 * minuteMs));
  const found: unknown[] = [];
  for (let n = 0; n < 64; n += 1) found.push(...(await look(2_000)));
  expect(found).toEqual([["delivered", 1, 200, null]]);
});

test("a look that fails has seen nothing, so the next one shows it all", async () => {
  const { write, look, log } = scene();
  const id = write(startMs + 10, { attemptCount: 2, lastAttemptTimeMs: startMs + 60 });
  log.later.set(id, [attemptWith({ attempt: 2, timeMs: startMs + 60 })]);
  const { attempts } = log;
  log.attempts = () => Promise.reject(new Error("throttled"));
  await expect(look()).rejects.toThrow("throttled");
  log.attempts = attempts;
  expect(await look(3 * minuteMs)).toEqual([["retrying", 2, 500, "HTTP 500"]]);
});

test("reads nothing more while nothing changes, however much has failed before", async () => {
  const { write, look, log } = scene();
  for (let n = 0; n < 500; n += 1)
    write(startMs - dayMs + n, { lastAttemptTimeMs: startMs - 1 - n });
  await look();
  await look();
  expect(log.calls).toEqual(["published", "undelivered", "published", "undelivered"]);
});
