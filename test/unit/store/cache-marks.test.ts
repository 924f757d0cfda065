import { expect, test } from "vitest";
import { openDeliveryContextStore } from "../../../shared/store/deliveries/delivery-context.ts";
import { openCacheMarks } from "../../../shared/store/health/cache-state.ts";
import { keys } from "../../../shared/store/keys.ts";
import { openTable } from "../../../shared/store/table/table.ts";
import { noSigningKeys } from "../delivery/no-signing-keys.ts";
import { factsWith, jobWith } from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

useTables();

const nowMs = Math.ceil(Date.now() / 60_000) * 60_000;
let serial = 0;

function freshCache(): string {
  serial += 1;
  return `cache ${serial}`;
}

async function isSlowElsewhere(cacheName: string, timeMs = nowMs): Promise<boolean> {
  const job = jobWith({ message: factsWith({ cacheName }) });
  const contexts = openDeliveryContextStore(openCacheMarks(), noSigningKeys);
  return (await contexts.load([job], [], timeMs)).isCacheSlow(job, timeMs);
}

test("a cache is marked when ten of its webhooks turn slow within a minute, whoever counts them", async () => {
  const [cacheName, other] = [freshCache(), freshCache()];
  expect(await openCacheMarks().count(cacheName, 5, nowMs)).toBe(false);
  expect(await openCacheMarks().count(other, 9, nowMs)).toBe(false);
  expect(await openCacheMarks().count(cacheName, 4, nowMs + 59_999)).toBe(false);
  expect(await isSlowElsewhere(cacheName)).toBe(false);
  expect(await openCacheMarks().count(cacheName, 1, nowMs + 1)).toBe(true);
  expect([await isSlowElsewhere(cacheName), await isSlowElsewhere(other)]).toEqual([true, false]);
});

test("those of another minute do not count", async () => {
  const cacheName = freshCache();
  await openCacheMarks().count(cacheName, 9, nowMs);
  expect(await openCacheMarks().count(cacheName, 9, nowMs + 60_000)).toBe(false);
});

test("a mark lasts as long as its POSTs have earned, an hour for 25 seconds", async () => {
  const cacheName = freshCache();
  const marks = openCacheMarks();
  await marks.extend(cacheName, 25_000, nowMs);
  expect(marks.isSlow(cacheName, nowMs)).toBe(false);
  await marks.count(cacheName, 10, nowMs);
  expect(await isSlowElsewhere(cacheName, nowMs + 149_999)).toBe(true);
  expect(await isSlowElsewhere(cacheName, nowMs + 150_000)).toBe(false);
  await marks.extend(cacheName, 25_000, nowMs + 25_000);
  expect(await isSlowElsewhere(cacheName, nowMs + 3_600_000)).toBe(true);
  expect(await isSlowElsewhere(cacheName, nowMs + 3_800_000)).toBe(false);
});

test("a longer mark that another has set stands", async () => {
  const cacheName = freshCache();
  const [one, other] = [openCacheMarks(), openCacheMarks()];
  await one.count(cacheName, 10, nowMs);
  await one.extend(cacheName, 25_000, nowMs);
  expect(await other.count(cacheName, 10, nowMs)).toBe(false);
  expect(await isSlowElsewhere(cacheName, nowMs + 3_600_000)).toBe(true);
});

test("asks for a cache once in ten seconds", () => {
  const marks = openCacheMarks();
  expect(marks.unknown(["a", "b"], nowMs)).toEqual(["a", "b"]);
  marks.learn(["a"], [], nowMs);
  expect(marks.unknown(["a", "b"], nowMs + 9_999)).toEqual(["b"]);
  expect(marks.unknown(["a"], nowMs + 10_000)).toEqual(["a"]);
  expect(marks.unknown(["a"], nowMs - 1)).toEqual(["a"]);
});

test("neither a row that cannot be read nor a clock that had jumped ahead marks a cache", async () => {
  const [odd, ahead] = [freshCache(), freshCache()];
  await openTable("WEBHOOKS_TABLE").put({ ...keys.cacheMark(odd), v: 9 });
  expect(await isSlowElsewhere(odd)).toBe(false);
  const jumpedMs = nowMs + 30 * 86_400_000;
  await openCacheMarks().count(ahead, 10, jumpedMs);
  expect(await isSlowElsewhere(ahead)).toBe(false);
  expect(await openCacheMarks().count(ahead, 10, nowMs)).toBe(true);
  expect(await isSlowElsewhere(ahead)).toBe(true);
});
