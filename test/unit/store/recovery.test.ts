import { expect, test } from "vitest";
import { idBehind, idSpan } from "../../../shared/domain/ids.ts";
import { openDeliveryHeads } from "../../../shared/store/deliveries/delivery-context.ts";
import { openDeliveryStore } from "../../../shared/store/deliveries/delivery-store.ts";
import { openMessageLog } from "../../../shared/store/messages/message-log.ts";
import { openMessageStore } from "../../../shared/store/messages/message-store.ts";
import { conflict } from "../../../shared/store/table/table.ts";
import {
  openRecoverySlots,
  openRecoveryStore,
  type Slots,
} from "../../../shared/store/waiting/recovery-store.ts";
import { nowMs, recoveryWith, storeRecovery } from "../delivery/recover/recovery-deps.ts";
import { deliveryWith, factsWith, freshWebhookId, publishedTimeMs, webhookId } from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

useTables();

const hourMs = 3_600_000;

/** The n-th of a second's messages. */
function idAt(timeMs: number, n = 0): string {
  const [first] = idSpan("msg", timeMs, timeMs + 1);
  return first.slice(0, -4) + String(n).padStart(4, "0");
}

test("a job takes each step once, whoever comes first", async () => {
  const store = openRecoveryStore();
  const job = recoveryWith();
  await storeRecovery(job);
  const { window, plan, endedTimeMs } = job;
  const progress = {
    state: "running",
    window,
    plan,
    endedTimeMs,
    matched: 7,
    enqueued: 3,
    progressTimeMs: nowMs,
  } as const;
  expect(await store.advance(job, progress)).toBe(true);
  expect(await store.advance(job, { ...progress, matched: 8 })).toBe(false);
  expect(await store.find(job.webhookId, job.jobId)).toEqual({ ...job, ...progress, step: 1 });
  expect(await store.find(job.webhookId, "job_01JDB2Q5V8K3M4N6P7R8S9TAVZ")).toBeUndefined();
});

test("a slot that was taken since it was read is not taken again, and nothing is stored", async () => {
  const slots = openRecoverySlots();
  const webhookId = freshWebhookId();
  const cacheName = "taken";
  const start = (jobId: string, read: Slots) =>
    slots.start({
      ...{ job: recoveryWith({ webhookId, jobId }), cacheName, slots: read },
      ...{ others: [], abandoned: [] },
    });
  const before = await slots.read(webhookId, cacheName);
  expect(await start("job_a", before)).toBe("started");
  const now = await slots.read(webhookId, cacheName);
  expect(now.ofCache).toEqual([{ webhookId, jobId: "job_a" }]);
  expect(await start("job_b", { ...now, ofWebhook: before.ofWebhook })).toBe(conflict);
  expect(await start("job_b", { ...now, version: before.version })).toBe(conflict);
  expect(await openRecoveryStore().find(webhookId, "job_b")).toBeUndefined();
  expect(await slots.read(webhookId, cacheName)).toEqual(now);
});

test("failed deliveries are found oldest first, a page at a time, within the window", async () => {
  const heads = openDeliveryHeads();
  const ids = Array.from({ length: 9 }, (_, n) => idAt(publishedTimeMs, n));
  for (const messageId of ids) {
    const status = messageId === ids[4] ? "retrying" : "failed";
    await openDeliveryStore().record(deliveryWith({ messageId, status }), null);
  }
  const window = [ids[1] ?? "", ids[7] ?? ""] as const;
  const first = await heads.failed(webhookId, window, 4);
  expect(first.messageIds).toEqual([ids[1], ids[2], ids[3], ids[5]]);
  expect(first.rest).toEqual([idBehind(ids[5] ?? ""), ids[7]]);
  const second = first.rest && (await heads.failed(webhookId, first.rest, 4));
  expect(second).toEqual({ messageIds: [ids[6], ids[7]], rest: null });
  const found = await heads.findMany(webhookId, [...ids.slice(4, 6), idAt(0)]);
  expect([...found.values()].map(({ status }) => status).sort()).toEqual(["failed", "retrying"]);
});

test("messages of a window are read oldest first, each once, hour by hour to the end", async () => {
  const startMs = Math.floor(publishedTimeMs / hourMs) * hourMs;
  // More of one hour than a page holds, then empty hours, then a single one.
  const many = Array.from({ length: 1_000 }, (_, n) => idAt(startMs + 60_000 + n));
  const late = idAt(startMs + 3 * hourMs);
  const outside = [idAt(startMs + 59_999), idAt(startMs + 3 * hourMs + 1)];
  await openMessageStore().putAll(
    [...many, late, ...outside].map((messageId) => ({
      facts: factsWith({ messageId }),
      payload: { kind: "text", text: "x" },
      expiresAt: 2_000_000_000,
    })),
  );
  const seen: string[] = [];
  let reads = 0;
  let rest: readonly [string, string] | null = idSpan(
    "msg",
    startMs + 60_000,
    startMs + 3 * hourMs + 1,
  );
  while (rest !== null) {
    const page = await openMessageLog().oldest("orders", rest);
    seen.push(...page.messages.map(({ facts }) => facts.messageId));
    rest = page.rest;
    reads += 1;
  }
  expect(seen).toEqual([...many, late]);
  expect(reads).toBeLessThan(12);
});
