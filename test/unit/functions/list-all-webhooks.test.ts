import { expect, test } from "vitest";
import { listAllWebhooks } from "../../../functions/http/webhooks/list-all-webhooks.ts";
import type { WebhookHealth, WebhookState } from "../../../shared/contract/health.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import type { UnwellWebhooks } from "../../../shared/store/webhooks/unwell-webhooks.ts";
import { suspensionsOf } from "../delivery/suspensions.ts";
import { webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";
import { openBookVault } from "./memory-webhooks.ts";

/** The names of webhooks by cache, in the order of the bytes of the caches' names. */
type Stock = Record<string, readonly string[]>;
const stock: Stock = { a: ["1", "2"], b: [], "\u{fffd}": ["1", "2", "3"], "\u{1f600}": ["1"] };

interface Query {
  limit?: number;
  cursor?: string | null;
  cacheName?: string;
  topicName?: string;
  webhookStatus?: "active" | "inactive";
  state?: WebhookState[];
}

function depsOf(of: Stock, change: (webhook: WebhookRecord) => WebhookRecord) {
  const names = Object.keys(of);
  const opened: string[] = [];
  const caches = {
    async page(after: string | undefined, limit: number) {
      const rest = names.slice(after === undefined ? 0 : names.indexOf(after) + 1);
      const cacheNames = rest.slice(0, limit);
      return { cacheNames, last: rest.length > limit ? cacheNames.at(-1) : undefined };
    },
    existing: async () => names,
  };
  const webhooks = {
    async *inNameOrder(cacheName: string, { after = "" }: { after?: string | undefined }) {
      opened.push(cacheName);
      for (const webhookName of of[cacheName] ?? []) {
        if (webhookName > after) yield change(webhookWith({ cacheName, webhookName }));
      }
    },
  };
  const health = {
    healthsOf: async (records: readonly WebhookRecord[]) =>
      records.map(({ webhookName }) => healthIn(webhookName === "1" ? "held" : "ok")),
  };
  /** In the index are those that are held, and one that was. */
  const unwell: UnwellWebhooks = {
    page: async () => ({ cacheNames: ["a", "\u{fffd}"], last: undefined }),
    async *inNameOrder(cacheName, { after = "" }) {
      opened.push(`unwell ${cacheName}`);
      for (const webhookName of (of[cacheName] ?? []).slice(0, 2)) {
        if (webhookName > after) yield change(webhookWith({ cacheName, webhookName }));
      }
    },
  };
  const view = { vault: openBookVault, suspensions: suspensionsOf() };
  return { deps: { caches, webhooks, unwell, health, ...view }, opened };
}

function healthIn(state: WebhookState): WebhookHealth {
  const last = { lastSuccessTime: null, lastStatusCode: null, lastError: null };
  const times = { since: "2024-01-24T22:00:00Z", nextProbeTime: null, nextFreeTime: null };
  return { state, waiting: 0, ...last, ...times };
}

async function list(
  covered: string[],
  { cursor, ...query }: Query = {},
  of = stock,
  change = (webhook: WebhookRecord) => webhook,
) {
  const { deps, opened } = depsOf(of, change);
  const input = {
    params: {},
    query: { ...query, ...(cursor && { cursor }) },
    headers: undefined,
    body: undefined,
    text: "",
    caller: callerWith({ caches: covered }),
  };
  const { webhooks, nextCursor } = await listAllWebhooks(input, deps);
  const names = webhooks.map(({ id }) => `${id.cacheName}/${id.webhookName}`);
  return { names, nextCursor, opened };
}

const everything = ["a/1", "a/2", "\u{fffd}/1", "\u{fffd}/2", "\u{fffd}/3", "\u{1f600}/1"];

test("lists every webhook of every cache by cache and name", async () => {
  const { names, nextCursor } = await list(["*"]);
  expect({ names, nextCursor }).toEqual({ names: everything, nextCursor: null });
});

test("a key of some caches sees theirs alone, in the same order", async () => {
  const { names, opened } = await list(["\u{1f600}", "never used", "\u{fffd}"]);
  expect(names).toEqual(everything.slice(2));
  expect(opened).not.toContain("a");
});

test("one cache of the key, and no other", async () => {
  expect((await list(["*"], { cacheName: "a" })).names).toEqual(["a/1", "a/2"]);
  await expect(list(["b"], { cacheName: "a" })).rejects.toMatchObject({ code: "PERMISSION_ERROR" });
});

test.each([
  [["*"], 1],
  [["*"], 2],
  [["*"], 4],
  [["a", "b", "\u{fffd}", "\u{1f600}"], 3],
])("pages show each webhook once: %j by %i", async (covered, limit) => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(covered, { limit, cursor });
    expect(page.names.length).toBeLessThanOrEqual(limit);
    seen.push(...page.names);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(everything);
});

test("filters by topic and status, on pages that may be short", async () => {
  const change = (webhook: WebhookRecord): WebhookRecord => ({
    ...webhook,
    topicName: webhook.webhookName === "1" ? "first" : "other",
    status: webhook.cacheName === "a" ? "inactive" : "active",
  });
  const filtered = async (query: Query) => (await list(["*"], query, stock, change)).names;
  expect(await filtered({ topicName: "first", webhookStatus: "active" })).toEqual([
    "\u{fffd}/1",
    "\u{1f600}/1",
  ]);
  expect(await filtered({ webhookStatus: "inactive" })).toEqual(["a/1", "a/2"]);
  const short = await list(["*"], { topicName: "first", limit: 2 }, stock, change);
  expect(short).toMatchObject({ names: ["a/1"], nextCursor: expect.any(String) });
});

test("webhooks that are not ok are read from their index, and filtered by their own health", async () => {
  const { names, opened } = await list(["*"], { state: ["held", "failing"] });
  expect(names).toEqual(["a/1", "\u{fffd}/1"]);
  expect(opened).toEqual(["unwell a", "unwell \u{fffd}"]);
  const mine = await list(["\u{fffd}"], { state: ["held"] });
  expect([mine.names, mine.opened]).toEqual([["\u{fffd}/1"], ["unwell \u{fffd}"]]);
  const first = await list(["*"], { state: ["held"], limit: 1 });
  expect(first.names).toEqual(["a/1"]);
  const rest = await list(["*"], { state: ["held"], cursor: first.nextCursor });
  expect(rest.names).toEqual(["\u{fffd}/1"]);
});

test("where those that are ok are asked for, too, every webhook is looked at", async () => {
  const { names, opened } = await list(["*"], { state: ["ok", "held"] });
  expect(names).toEqual(everything);
  expect(opened).toEqual(Object.keys(stock));
});

test("a page opens a hundred caches at most, and the next goes on where it ended", async () => {
  const many = Array.from({ length: 230 }, (_, n) => [`c${String(n).padStart(3, "0")}`, []]);
  const of: Stock = { ...Object.fromEntries(many), last: ["w"] };
  for (const covered of [["*"], Object.keys(of)]) {
    const first = await list(covered, {}, of);
    expect([first.names, first.opened.length]).toEqual([[], 100]);
    const second = await list(covered, { cursor: first.nextCursor }, of);
    expect([second.names, second.opened[0]]).toEqual([[], "c100"]);
    const third = await list(covered, { cursor: second.nextCursor }, of);
    expect([third.names, third.nextCursor]).toEqual([["last/w"], null]);
  }
});

test("a cursor of another key's list, or of another cache's, is refused", async () => {
  const { nextCursor } = await list(["*"], { limit: 1 });
  for (const [covered, query] of [
    [["a"], {}],
    [["*"], { cacheName: "a" }],
  ] as const) {
    await expect(list([...covered], { ...query, cursor: nextCursor })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT_ERROR",
      details: [{ path: "cursor" }],
    });
  }
});
