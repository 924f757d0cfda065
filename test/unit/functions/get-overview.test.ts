import { expect, test } from "vitest";
import { getOverview } from "../../../functions/http/stats/get-overview.ts";
import type { WebhookHealth } from "../../../shared/contract/health.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import type { UnwellWebhooks } from "../../../shared/store/webhooks/unwell-webhooks.ts";
import { publishedTimeMs, webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";

const nameOf = (n: number) => `w${String(n).padStart(4, "0")}`;

/** A thousand webhooks and more of one cache; every so many fail, and one that the index has is ok again. */
function depsWith(howMany: number, every: number) {
  const looked: string[] = [];
  const counted: string[] = [];
  const all = Array.from({ length: howMany }, (_, n) =>
    webhookWith({ webhookName: nameOf(n), webhookId: `whk_${n}` }),
  );
  const fails = ({ webhookName }: WebhookRecord) =>
    Number(webhookName.slice(1)) % every === every - 1;
  async function* from(records: readonly WebhookRecord[], cacheName: string) {
    if (cacheName === "orders") yield* records;
  }
  const page = async () => ({ cacheNames: ["orders"], last: undefined });
  const [first] = all;
  const unwell: UnwellWebhooks = {
    page,
    inNameOrder: (cacheName) => from([...(first ? [first] : []), ...all.filter(fails)], cacheName),
  };
  const deps = {
    webhooks: { inNameOrder: (cacheName: string) => from(all, cacheName) },
    caches: { page, countWebhooks: async (names: readonly string[]) => names.length * howMany },
    unwell,
    health: {
      async healthsOf(records: readonly WebhookRecord[]) {
        looked.push(...records.map(({ webhookId }) => webhookId));
        return records.map((record) => healthIn(fails(record) ? "failing" : "ok"));
      },
    },
    totals: {
      async since(webhookIds: readonly string[]) {
        counted.push(...webhookIds);
        return new Map();
      },
    },
    now: () => publishedTimeMs,
  };
  return { deps, looked, counted };
}

function healthIn(state: WebhookHealth["state"]): WebhookHealth {
  const last = { lastSuccessTime: null, lastStatusCode: null, lastError: null };
  const times = { since: "2024-01-24T22:00:00Z", nextProbeTime: null, nextFreeTime: null };
  return { state, waiting: 0, ...last, ...times };
}

function ask(deps: ReturnType<typeof depsWith>["deps"], caches = ["*"]) {
  const input = {
    params: {},
    query: {},
    headers: undefined,
    body: undefined,
    text: "",
    caller: callerWith({ caches }),
  };
  return getOverview(input, deps);
}

test("finds what fails behind the first thousand webhooks, and counts all of them", async () => {
  const { deps, looked, counted } = depsWith(5_000, 100);
  const { counts, last24Hours, webhooks } = await ask(deps);
  expect(counts).toEqual({ ok: 4_950, failing: 50, limited: 0, held: 0, disabled: 0 });
  expect(last24Hours?.webhooks).toBe(1_000);
  expect(webhooks.slice(0, 50).map(({ webhookName }) => webhookName)).toEqual(
    Array.from({ length: 50 }, (_, n) => nameOf(100 * n + 99)),
  );
  // Those in the index and fifty more: whoever is only counted is not looked at.
  expect(looked).toHaveLength(101);
  expect(new Set(looked).size).toBe(101);
  expect(webhooks).toHaveLength(100);
  expect(new Set(counted).size).toBe(counted.length);
  expect(counted).toHaveLength(1_040);
});

test("looks at nothing that is ok where a hundred are not", async () => {
  const { deps, looked } = depsWith(1_500, 10);
  const { counts, webhooks } = await ask(deps);
  expect(counts).toMatchObject({ ok: 1_350, failing: 150 });
  expect(looked).toHaveLength(151);
  expect(webhooks.every(({ health }) => health.state === "failing")).toBe(true);
});

test("a key of other caches sees nothing", async () => {
  const { deps, looked } = depsWith(5_000, 100);
  const { counts, webhooks } = await ask(deps, ["users"]);
  expect([counts.ok, counts.failing, webhooks, looked]).toEqual([0, 0, [], []]);
});
