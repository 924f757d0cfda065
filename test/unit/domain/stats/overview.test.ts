import { expect, test } from "vitest";
import type { WebhookHealth } from "../../../../shared/contract/health.ts";
import {
  firstHourMs,
  type Observed,
  overviewOf,
} from "../../../../shared/domain/stats/overview.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const hourMs = 3_600_000;

function observed(name: string, changes: Partial<WebhookHealth>): Observed {
  const health: WebhookHealth = {
    state: "ok",
    since: "2024-01-24T22:00:00Z",
    lastSuccessTime: null,
    lastStatusCode: null,
    lastError: null,
    waiting: 0,
    nextProbeTime: null,
    nextFreeTime: null,
    ...changes,
  };
  return [{ webhookId: `whk_${name}`, cacheName: "orders", webhookName: name }, health];
}

/** Of webhooks that were looked at, each of them. */
function lookedAt(observed: Observed[]) {
  return { observed, total: observed.length, summed: observed.map(([webhook]) => webhook) };
}

function namesOf(all: Observed[]): string[] {
  return overviewOf(lookedAt(all), undefined, nowMs).webhooks.map(({ webhookName }) => webhookName);
}

test("the worst come first, of those the ones with most waiting, then the ones that fail longest", () => {
  const since = "2024-01-24T21:00:00Z";
  const all = [
    observed("ok", {}),
    observed("disabled", { state: "disabled", waiting: 9 }),
    observed("limited", { state: "limited", waiting: 1_000 }),
    observed("failing", { state: "failing", waiting: 1 }),
    observed("failing longer", { state: "failing", waiting: 1, since }),
    observed("failing more", { state: "failing", waiting: 2 }),
    observed("held", { state: "held" }),
  ];
  const expected = [
    "held",
    "failing more",
    "failing longer",
    "failing",
    "limited",
    "disabled",
    "ok",
  ];
  expect(namesOf(all)).toEqual(expected);
  expect(namesOf(all.toReversed())).toEqual(expected);
});

test("counts every webhook, those that nobody looked at as ok, and shows a hundred", () => {
  const all = Array.from({ length: 120 }, (_, n) =>
    observed(String(n), { state: n < 7 ? "failing" : "ok" }),
  );
  const looked = { ...lookedAt(all), total: 4_120 };
  const overview = overviewOf(looked, undefined, nowMs);
  expect(overview.counts).toEqual({ ok: 4_113, failing: 7, limited: 0, held: 0, disabled: 0 });
  expect(overview.webhooks).toHaveLength(100);
});

test("sums up the hour under way and the 23 before it", () => {
  const firstMs = firstHourMs(nowMs);
  expect(new Date(firstMs).toISOString()).toBe("2024-01-24T00:00:00.000Z");
  const counted = new Map([
    [
      "whk_busy",
      [
        { startMs: firstMs - 600_000, delivered: 99, failed: 99 },
        { startMs: firstMs, delivered: 4, failed: 0 },
        { startMs: firstMs + 600_000, delivered: 3, failed: 1 },
        { startMs: firstMs + 23 * hourMs, delivered: 2, failed: 0 },
      ],
    ],
    ["whk_other", [{ startMs: firstMs, delivered: 1, failed: 1 }]],
  ]);
  const all = ["busy", "idle", "other"].map((name) => observed(name, {}));
  const { last24Hours, webhooks } = overviewOf(lookedAt(all), counted, nowMs);
  expect(last24Hours).toEqual({ delivered: 10, failed: 2, webhooks: 3 });
  const { summed } = lookedAt(all.slice(0, 1));
  const ofOne = overviewOf({ ...lookedAt(all), summed }, counted, nowMs);
  expect(ofOne.last24Hours).toEqual({ delivered: 9, failed: 1, webhooks: 1 });
  const none = Array(22).fill([0, 0]);
  expect(webhooks.map(({ hours }) => hours)).toEqual([
    [[7, 1], ...none, [2, 0]],
    [[0, 0], ...none, [0, 0]],
    [[1, 1], ...none, [0, 0]],
  ]);
});

test("says nothing of counts where there are none", () => {
  const { last24Hours, webhooks } = overviewOf(lookedAt([observed("ok", {})]), undefined, nowMs);
  expect([last24Hours, webhooks[0]?.hours]).toEqual([null, null]);
});
