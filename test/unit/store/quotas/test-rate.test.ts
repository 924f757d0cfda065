import { expect, test } from "vitest";
import { openTestRate } from "../../../../shared/store/messages/quotas.ts";
import { useTables } from "../embedded-tables.ts";

useTables();

const nowMs = 1_706_138_400_000;
const refused = { code: "LIMIT_EXCEEDED_ERROR", status: 429, retryAfterSeconds: 1 };

/** How many of so many tests at one time get through. */
async function taken(keyId: string, howMany: number, timeMs: number): Promise<number> {
  const rate = openTestRate();
  const tries = Array.from({ length: howMany }, () => rate.take(keyId, timeMs));
  const results = await Promise.allSettled(tries);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toMatchObject(refused);
  }
  return results.filter(({ status }) => status === "fulfilled").length;
}

test("lets five through at once, however many come, and then one a second", async () => {
  expect(await taken("key_a", 50, nowMs)).toBe(5);
  expect(await taken("key_a", 10, nowMs + 999)).toBe(0);
  expect(await taken("key_a", 10, nowMs + 1_000)).toBe(1);
  expect(await taken("key_a", 10, nowMs + 3_000)).toBe(2);
});

test("who rested has five again, and not more", async () => {
  expect(await taken("key_b", 5, nowMs)).toBe(5);
  expect(await taken("key_b", 50, nowMs + 3_600_000)).toBe(5);
});

test("no key takes another's", async () => {
  expect(await taken("key_c", 10, nowMs)).toBe(5);
  expect(await taken("key_d", 10, nowMs)).toBe(5);
});

test("a clock that is some seconds behind the last one gives nothing away", async () => {
  expect(await taken("key_e", 5, nowMs)).toBe(5);
  expect(await taken("key_e", 5, nowMs - 2_000)).toBe(0);
});

test("a clock that jumps back, or had jumped ahead, shuts no key out", async () => {
  expect(await taken("key_f", 5, nowMs + 86_400_000)).toBe(5);
  expect(await taken("key_f", 10, nowMs)).toBe(5);
});
