import { expect, test } from "vitest";
import { startRecovery } from "../../../../shared/delivery/recover/start-recovery.ts";
import type { RecoveryRecord } from "../../../../shared/domain/recovery/recovery-record.ts";
import {
  openRecoverySlots,
  openRecoveryStore,
} from "../../../../shared/store/waiting/recovery-store.ts";
import { freshWebhookId } from "../../samples.ts";
import { useTables } from "../../store/embedded-tables.ts";
import { nowMs, recoveryWith } from "./recovery-deps.ts";

useTables();

const minuteMs = 60_000;
const store = openRecoveryStore();
const deleted = new Set<string>();

const deps = () => ({
  webhooks: {
    async findLocation(webhookId: string) {
      const home = { v: 1 as const, cacheName: "c", webhookName: webhookId };
      return deleted.has(webhookId) ? { ...home, deletedTimeMs: nowMs } : home;
    },
  },
  recoveries: store,
  slots: openRecoverySlots(),
});

let jobs = 0;

function jobOf(webhookId: string, changes: Partial<RecoveryRecord> = {}): RecoveryRecord {
  jobs += 1;
  const jobId = `job_${String(jobs).padStart(26, "0")}`;
  return recoveryWith({ webhookId, jobId, ...changes });
}

async function start(job: RecoveryRecord, cacheName: string): Promise<RecoveryRecord> {
  await startRecovery(job, cacheName, deps());
  return job;
}

/** Takes a step of a job at that time, after which it stands as told. */
async function take(job: RecoveryRecord, progressTimeMs: number, state: RecoveryRecord["state"]) {
  const now = await store.find(job.webhookId, job.jobId);
  if (!now) throw new Error("no job");
  const { window, plan, matched, enqueued } = now;
  const endedTimeMs = state === "running" ? null : progressTimeMs;
  const progress = { state, window, plan, matched, enqueued, endedTimeMs, progressTimeMs };
  return store.advance(now, progress);
}

const runs = (jobId: string) => ({
  code: "FAILED_PRECONDITION_ERROR",
  status: 409,
  message: expect.stringContaining(jobId),
  details: [{ path: "jobId", message: jobId }],
});
const full = { code: "LIMIT_EXCEEDED_ERROR", status: 429, retryAfterSeconds: undefined };

test("of twenty that start at once for a webhook one does, and the others are told which", async () => {
  const webhookId = freshWebhookId();
  const twins = Array.from({ length: 20 }, () => jobOf(webhookId));
  const results = await Promise.allSettled(twins.map((job) => start(job, "twins")));
  const started = results.flatMap((result) =>
    result.status === "fulfilled" ? [result.value] : [],
  );
  expect(started).toHaveLength(1);
  const { jobId = "" } = started[0] ?? {};
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toMatchObject(runs(jobId));
  }
  const stored = await Promise.all(twins.map((job) => store.find(webhookId, job.jobId)));
  expect(stored.filter((job) => job !== undefined)).toHaveLength(1);
});

test.each(["completed", "stopped"] as const)("one that is %s makes room", async (state) => {
  const webhookId = freshWebhookId();
  const first = await start(jobOf(webhookId), state);
  await expect(start(jobOf(webhookId), state)).rejects.toMatchObject(runs(first.jobId));
  expect(await take(first, nowMs, state)).toBe(true);
  await start(jobOf(webhookId), state);
  expect(await store.find(webhookId, first.jobId)).toMatchObject({ state });
});

test("a dry run counts as one", async () => {
  const webhookId = freshWebhookId();
  const dry = await start(jobOf(webhookId, { dryRun: true }), "dry");
  await expect(start(jobOf(webhookId), "dry")).rejects.toMatchObject(runs(dry.jobId));
});

test("one without progress for an hour is stopped, takes no step any more, and makes room", async () => {
  const webhookId = freshWebhookId();
  const dead = await start(jobOf(webhookId), "dead");
  expect(await take(dead, nowMs, "running")).toBe(true);
  const soon = jobOf(webhookId, { startedTimeMs: nowMs + 59 * minuteMs });
  await expect(start(soon, "dead")).rejects.toMatchObject(runs(dead.jobId));

  const step = await store.find(webhookId, dead.jobId);
  const heir = await start(jobOf(webhookId, { startedTimeMs: nowMs + 60 * minuteMs }), "dead");
  const stopped = { state: "stopped", endedTimeMs: nowMs + 60 * minuteMs };
  expect(await store.find(webhookId, dead.jobId)).toMatchObject(stopped);
  // Its step comes back from the dead-letter queue, having read the job before it was stopped.
  if (!step) throw new Error("no job");
  expect(await store.advance(step, { ...step, progressTimeMs: nowMs })).toBe(false);
  expect(await store.find(webhookId, dead.jobId)).toMatchObject(stopped);
  expect(await store.find(webhookId, heir.jobId)).toMatchObject({ state: "running" });
});

test("one whose call died before it sent the first step makes room after five minutes", async () => {
  const webhookId = freshWebhookId();
  const unsent = await start(jobOf(webhookId), "unsent");
  const soon = jobOf(webhookId, { startedTimeMs: nowMs + 4 * minuteMs });
  await expect(start(soon, "unsent")).rejects.toMatchObject(runs(unsent.jobId));
  await start(jobOf(webhookId, { startedTimeMs: nowMs + 5 * minuteMs }), "unsent");
  expect(await store.find(webhookId, unsent.jobId)).toMatchObject({ state: "stopped" });
});

test("a clock that had jumped ahead locks no webhook", async () => {
  const webhookId = freshWebhookId();
  await start(jobOf(webhookId, { startedTimeMs: nowMs + 86_400_000 }), "clock");
  await start(jobOf(webhookId), "clock");
});

test("a job whose row has expired holds nothing", async () => {
  const webhookId = freshWebhookId();
  const slots = openRecoverySlots();
  const gone = jobOf(freshWebhookId());
  const read = await slots.read(webhookId, "expired");
  const holder = { webhookId, jobId: gone.jobId };
  await slots.start({
    ...{ job: gone, cacheName: "expired", slots: read, abandoned: [] },
    others: Array.from({ length: 5 }, () => holder),
  });
  await start(jobOf(webhookId), "expired");
});

test("five run in a cache, whoever comes at once, and another cache has five of its own", async () => {
  const starts = Array.from({ length: 12 }, () => start(jobOf(freshWebhookId()), "full"));
  const results = await Promise.allSettled(starts);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toMatchObject(full);
  }
  await start(jobOf(freshWebhookId()), "not-full");
});

test.each([
  ["has ended", async (job: RecoveryRecord) => void (await take(job, nowMs, "completed"))],
  [
    "belongs to a deleted webhook",
    async ({ webhookId }: RecoveryRecord) => void deleted.add(webhookId),
  ],
])("in a full cache one that %s makes room for one more", async (what, end) => {
  const running: RecoveryRecord[] = [];
  for (let n = 0; n < 5; n += 1) running.push(await start(jobOf(freshWebhookId()), what));
  await expect(start(jobOf(freshWebhookId()), what)).rejects.toMatchObject(full);
  const [first] = running;
  if (!first) throw new Error("no job");
  await end(first);
  await start(jobOf(freshWebhookId()), what);
  await expect(start(jobOf(freshWebhookId()), what)).rejects.toMatchObject(full);
  const { state } = (await store.find(first.webhookId, first.jobId)) ?? {};
  expect(["completed", "stopped"]).toContain(state);
});

test("a webhook's own recovery is no rival of its next one", async () => {
  const cacheName = "own";
  const webhookId = freshWebhookId();
  const first = await start(jobOf(webhookId), cacheName);
  for (let n = 0; n < 4; n += 1) await start(jobOf(freshWebhookId()), cacheName);
  await take(first, nowMs, "completed");
  await start(jobOf(webhookId), cacheName);
});
