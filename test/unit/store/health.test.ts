import { expect, test } from "vitest";
import type { Breaker } from "../../../shared/domain/breaker/breaker.ts";
import type { Health } from "../../../shared/domain/breaker/health-record.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { freshWebhookId } from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

useTables();
const store = openHealthStore();

const closed: Breaker = { kind: "closed" };
const open: Breaker = { kind: "open", stepSeconds: 10, tick: 2, nextTickMs: 1_000 };

function healthWith(version: number, breaker = closed): Health {
  return { version, failures: 3, timeouts: 1, failingSinceMs: 500, breaker };
}

function freshWebhook() {
  return { webhookId: freshWebhookId(), cacheName: "orders", webhookName: "billing" };
}

async function tickingIds(): Promise<string[]> {
  return (await store.withTimers()).map(({ webhookId }) => webhookId);
}

test("keeps no row of a webhook that is well", async () => {
  const who = freshWebhook();
  expect(await store.find(who.webhookId)).toBeUndefined();
  await store.change(who, undefined, healthWith(1));
  expect(await store.find(who.webhookId)).toEqual({ v: 1, ...who, ...healthWith(1) });
  await store.change(who, healthWith(1), undefined);
  expect(await store.find(who.webhookId)).toBeUndefined();
});

test("lets one of two changes of one version win, at the beginning too", async () => {
  const who = freshWebhook();
  const begun = [healthWith(1), healthWith(1, open)].map((after) =>
    store.change(who, undefined, after),
  );
  expect((await Promise.all(begun)).toSorted()).toEqual([false, true]);
  const before = await store.find(who.webhookId);
  const went = [healthWith(2), undefined].map((after) => store.change(who, before, after));
  expect((await Promise.all(went)).toSorted()).toEqual([false, true]);
});

test("reads an open breaker with the field that an earlier version wrote", async () => {
  const who = freshWebhook();
  const earlier = { ...open, opening: 1 };
  await store.change(who, undefined, healthWith(1, earlier));
  expect(await store.find(who.webhookId)).toEqual({ v: 1, ...who, ...healthWith(1, open) });
});

test("lists a webhook for as long as its breaker ticks", async () => {
  const [one, other] = [freshWebhook(), freshWebhook()];
  await store.change(one, undefined, healthWith(1));
  await store.change(other, undefined, healthWith(1, open));
  expect(await tickingIds()).toContain(other.webhookId);
  expect(await tickingIds()).not.toContain(one.webhookId);
  await store.change(one, healthWith(1), healthWith(2, open));
  await store.change(other, healthWith(1, open), healthWith(2, closed));
  expect(await tickingIds()).toContain(one.webhookId);
  expect(await tickingIds()).not.toContain(other.webhookId);
  await store.change(one, healthWith(2, open), undefined);
  expect(await tickingIds()).not.toContain(one.webhookId);
});

test("writes the heartbeat at most once a minute", async () => {
  expect(await store.heartbeat()).toBeUndefined();
  const beat = (lastSuccessMs: number) => store.beat({ webhookId: "whk_1", lastSuccessMs });
  await beat(100_000);
  await beat(159_999);
  expect(await store.heartbeat()).toMatchObject({ lastSuccessMs: 100_000, webhookId: "whk_1" });
  await beat(160_000);
  expect(await store.heartbeat()).toMatchObject({ lastSuccessMs: 160_000 });
});
