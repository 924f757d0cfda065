import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openRecorder } from "../../../../shared/delivery/attempt/settle.ts";
import type { DeliveryRecord } from "../../../../shared/domain/attempts/delivery-record.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import { catchOutput } from "../../output.ts";
import { deliveryWith } from "../../samples.ts";

const output = catchOutput();
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const [first, second, third] = [1, 2, 3].map((attemptCount) => deliveryWith({ attemptCount })) as [
  DeliveryRecord,
  DeliveryRecord,
  DeliveryRecord,
]; // `map` forgets how many there were

function recorder() {
  const written: (readonly DeliveryRecord[])[] = [];
  const recordDelivered = async (records: readonly DeliveryRecord[]) => void written.push(records);
  return { ...openRecorder({ recordDelivered }, realTimers), written };
}

test("writes what it gathered in one call", async () => {
  const { add, flush, written } = recorder();
  await add(first);
  await add(second);
  expect(written).toEqual([]);
  await flush();
  expect(written).toEqual([[first, second]]);
});

test("writes nothing where nothing was gathered, and nothing twice", async () => {
  const { add, flush, written } = recorder();
  await flush();
  await add(first);
  await flush();
  await flush();
  await vi.runAllTimersAsync();
  expect(written).toEqual([[first]]);
});

test("does not let fast receivers' rows wait for a slow one", async () => {
  const { add, flush, written } = recorder();
  await add(first);
  await vi.advanceTimersByTimeAsync(600);
  await add(second);
  await vi.advanceTimersByTimeAsync(600);
  expect(written).toEqual([[first, second]]);
  await add(third);
  await flush();
  expect(written).toEqual([[first, second], [third]]);
});

test("waits for every write under way", async () => {
  let finish = () => {};
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { add, flush } = openRecorder({ recordDelivered: () => slow }, realTimers);
  await add(first);
  await vi.advanceTimersByTimeAsync(1_000);
  let isFlushed = false;
  const flushed = flush().then(() => {
    isFlushed = true;
  });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(isFlushed).toBe(false);
  finish();
  await flushed;
});

test("lets go of rows that cannot be written, and says so", async () => {
  const recordDelivered = () => Promise.reject(new Error("throttled"));
  const { add, flush } = openRecorder({ recordDelivered }, realTimers);
  await add(first);
  await add(second);
  await expect(flush()).resolves.toBeUndefined();
  expect(JSON.parse(output.text)).toMatchObject({ event: "delivery.unrecorded", count: 2 });
});
