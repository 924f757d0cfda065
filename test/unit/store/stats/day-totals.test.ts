import { expect, test } from "vitest";
import { openDayTotals } from "../../../../shared/store/health/day-totals.ts";
import type { Span } from "../../../../shared/store/health/stats-store.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const rowMs = 600_000;
const fromMs = Date.UTC(2024, 0, 24, 0);

/** Counts one delivery in each ten minutes, and says what it was asked. */
function counted(isOn = true) {
  const asked: [string, Span][] = [];
  const late = new Map<number, number>();
  const stats = {
    isOn,
    async totals(webhookId: string, span: Span) {
      asked.push([webhookId, span]);
      const first = Math.floor(span.fromMs / rowMs);
      const length = Math.floor((span.untilMs - 1) / rowMs) - first + 1;
      return Array.from({ length }, (_, row) => {
        const startMs = (first + row) * rowMs;
        return { startMs, delivered: 1 + (late.get(startMs) ?? 0), failed: 0 };
      });
    },
  };
  return { totals: openDayTotals(stats), asked, late };
}

function sumOf(rows: readonly { delivered: number }[] = []): number {
  return rows.reduce((sum, { delivered }) => sum + delivered, 0);
}

test("a second look reads the ten minutes under way alone", async () => {
  const { totals, asked } = counted();
  const first = await totals.since(["a", "b"], fromMs, nowMs);
  expect(sumOf(first?.get("b"))).toBe(141);
  asked.length = 0;
  const second = await totals.since(["a"], fromMs, nowMs + 60_000);
  expect(asked.map(([, span]) => new Date(span.fromMs).toISOString().slice(11, 16))).toEqual([
    "23:10",
  ]);
  expect(sumOf(second?.get("a"))).toBe(141);
  asked.length = 0;
  const third = await totals.since(["a"], fromMs, nowMs + 180_000);
  expect(asked.map(([, span]) => new Date(span.fromMs).toISOString().slice(11, 16))).toEqual([
    "23:10",
  ]);
  expect(sumOf(third?.get("a"))).toBe(141);
});

test("looks again at ten minutes that a batch under way may still count in", async () => {
  const { totals, late } = counted();
  const endMs = Date.UTC(2024, 0, 24, 23, 30);
  await totals.since(["a"], fromMs, endMs + 30_000);
  late.set(endMs - rowMs, 5);
  const found = await totals.since(["a"], fromMs, endMs + 90_000);
  expect(sumOf(found?.get("a"))).toBe(142 + 5);
});

test("looks within ten seconds cost nothing", async () => {
  const { totals, asked } = counted();
  await totals.since(["a"], fromMs, nowMs);
  await totals.since(["a"], fromMs, nowMs + 9_000);
  expect(asked).toHaveLength(1);
});

test("forgets the hours that a later look is not about", async () => {
  const { totals } = counted();
  await totals.since(["a"], fromMs, nowMs);
  const laterMs = nowMs + 3_600_000;
  const found = await totals.since(["a"], fromMs + 3_600_000, laterMs);
  expect(found?.get("a")?.[0]?.startMs).toBe(fromMs + 3_600_000);
  expect(sumOf(found?.get("a"))).toBe(141);
});

test("reads all again when the clock was set back", async () => {
  const { totals, asked } = counted();
  await totals.since(["a"], fromMs, nowMs);
  await totals.since(["a"], fromMs, nowMs - 60_000);
  expect(asked.at(-1)?.[1].fromMs).toBe(fromMs);
});

test("reads nothing where nothing is counted", async () => {
  const { totals, asked } = counted(false);
  expect(await totals.since(["a"], fromMs, nowMs)).toBeUndefined();
  expect(asked).toEqual([]);
});
