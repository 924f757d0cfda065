import { expect, test, vi } from "vitest";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import { spacingMs } from "../../../shared/domain/breaker/slots.ts";
import { openSlotStore } from "../../../shared/store/waiting/slot-store.ts";
import { freshWebhookId } from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

useTables();

const fromMs = 1_706_138_429_000;
const second = { perSecond: 4, fromMs, untilMs: fromMs + 1_000, countsRest: true };
const step = { perSecond: 4, fromMs, untilMs: fromMs + 10_000, countsRest: false };

function callsSince(): () => number {
  const send = vi.spyOn(dynamoDb, "call");
  return () => {
    const { length } = send.mock.calls;
    send.mockRestore();
    return length;
  };
}

test("gives each slot once, whichever environments ask at once", async () => {
  const id = freshWebhookId();
  const asked = Array.from({ length: 8 }, () =>
    openSlotStore().reserve(id, { ...second, howMany: 2, untilMs: fromMs + 60_000 }),
  );
  const slots = (await Promise.all(asked)).flatMap((reserved) => reserved.slots);
  expect(new Set(slots).size).toBe(slots.length);
  const sorted = slots.toSorted((a, b) => a - b);
  for (const [n, slotMs] of sorted.entries())
    expect(slotMs).toBeGreaterThanOrEqual(fromMs + n * spacingMs(4));
});

test("one batch makes one update, also behind others whose slots it has seen", async () => {
  const [id, store] = [freshWebhookId(), openSlotStore()];
  const calls = callsSince();
  const first = await store.reserve(id, { ...second, howMany: 2 });
  const next = await store.reserve(id, { ...second, howMany: 10 });
  expect(calls()).toBe(2);
  expect(first.slots).toEqual([fromMs, fromMs + spacingMs(4)]);
  expect(next.slots).toEqual([fromMs + 2 * spacingMs(4), fromMs + 3 * spacingMs(4)]);
  expect(next.waiting).toBe(8);
});

test("while nothing is free an environment asks no more, and counts once a second", async () => {
  const [id, store] = [freshWebhookId(), openSlotStore()];
  await store.reserve(id, { ...step, howMany: 40 });
  const calls = callsSince();
  const batches = [0, 200, 400, 1_200].map((ms) => ({
    ...second,
    fromMs: fromMs + ms,
    untilMs: fromMs + ms + 1_000,
    howMany: 10,
  }));
  const found = [];
  for (const batch of batches) found.push(await store.reserve(id, batch));
  expect(calls()).toBe(1);
  expect(found.flatMap(({ slots }) => slots)).toEqual([]);
  // The step has taken 39 off a count of none.
  expect((await store.find(id))?.waiting).toBe(1);
  await store.reserve(id, {
    ...second,
    fromMs: fromMs + 3_000,
    untilMs: fromMs + 4_000,
    howMany: 10,
  });
  expect((await store.find(id))?.waiting).toBe(11);
});

test("a step takes what fits until the next, and what it takes waits no longer", async () => {
  const [id, store] = [freshWebhookId(), openSlotStore()];
  const first = await store.reserve(id, { ...second, howMany: 54 });
  expect([first.slots.length, first.waiting]).toEqual([4, 50]);
  const taken = await openSlotStore().reserve(id, { ...step, howMany: 38 });
  expect([taken.slots.length, taken.waiting]).toEqual([35, 15]);
  expect(taken.slots[0]).toBe(first.nextSlotMs);
  await store.clear(id);
  expect((await store.find(id))?.waiting).toBe(0);
});

test("a long backlog is told of by one, once in six hours", async () => {
  const [id, store] = [freshWebhookId(), openSlotStore()];
  const told = await Promise.all([store.takeTelling(id, fromMs), store.takeTelling(id, fromMs)]);
  expect(told.toSorted()).toEqual([false, true]);
  expect(await store.takeTelling(id, fromMs + 6 * 3_600_000 - 1)).toBe(false);
  expect(await store.takeTelling(id, fromMs + 6 * 3_600_000)).toBe(true);
  expect((await store.reserve(id, { ...second, howMany: 1 })).slots).toEqual([fromMs]);
});
