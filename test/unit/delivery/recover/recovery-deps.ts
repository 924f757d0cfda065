import type { DeliveryJob, RecoveryStep } from "../../../../shared/contract/jobs.ts";
import type { RecoverDeps } from "../../../../shared/delivery/recover/recover-step.ts";
import type { DeliveryRecord } from "../../../../shared/domain/attempts/delivery-record.ts";
import { idSpan } from "../../../../shared/domain/ids.ts";
import type { RecoveryRecord } from "../../../../shared/domain/recovery/recovery-record.ts";
import { openRecoverySlots } from "../../../../shared/store/waiting/recovery-store.ts";
import { factsWith, publishedTimeMs, webhookId, webhookWith } from "../../samples.ts";

export const jobId = "job_01JDB2Q5V8K3M4N6P7R8S9TAVW";
export const nowMs = publishedTimeMs + 3_600_000;

export function recoveryWith(changes: Partial<RecoveryRecord> = {}): RecoveryRecord {
  return {
    v: 1,
    jobId,
    webhookId,
    mode: "failed",
    dryRun: false,
    state: "running",
    step: 0,
    window: idSpan("msg", publishedTimeMs, nowMs),
    plan: [],
    matched: 0,
    enqueued: 0,
    startedTimeMs: nowMs,
    endedTimeMs: null,
    expiresAt: 2_000_000_000,
    ...changes,
  };
}

/** Stores a job as it is, whatever else runs. */
export async function storeRecovery(job: RecoveryRecord, cacheName = "orders"): Promise<void> {
  const slots = openRecoverySlots();
  const { webhookId } = job;
  const read = await slots.read(webhookId, cacheName);
  await slots.start({ job, cacheName, slots: read, others: read.ofCache, abandoned: [] });
}

/** A job, a queue of its steps, deliveries by their heads, and kept messages. */
export function recoveryWorld(
  first: RecoveryRecord,
  heads: readonly DeliveryRecord[],
  messageIds = heads.map(({ messageId }) => messageId),
) {
  let job = first;
  let webhook: ReturnType<typeof webhookWith> | undefined = webhookWith();
  const standing = new Map(heads.map((head) => [head.messageId, head]));
  const held = new Set<string>();
  const sent: DeliveryJob[] = [];
  const steps: { step: RecoveryStep; delaySeconds: number }[] = [];
  const kept = (messageId: string) => ({
    facts: factsWith({ messageId }),
    payload: { kind: "text", text: "x" } as const,
    expiresAt: 2_000_000_000,
  });
  const behind = (ids: string[], [from, to]: readonly [string, string], howMany: number) => {
    const all = ids.filter((id) => id >= from && id <= to).sort();
    const next = all[howMany];
    return { page: all.slice(0, howMany), rest: next === undefined ? null : ([next, to] as const) };
  };
  const deps: RecoverDeps = {
    webhooks: { findById: async () => webhook },
    recoveries: {
      find: async (id, name) =>
        id === job.webhookId && name === job.jobId ? structuredClone(job) : undefined,
      async advance(before, progress) {
        if (before.step !== job.step) return false;
        job = structuredClone({ ...job, ...progress, step: job.step + 1 });
        return true;
      },
    },
    heads: {
      findMany: async (_, ids) => new Map([...standing].filter(([id]) => ids.includes(id))),
      retrying: async () => ({ messageIds: [], rest: null }),
      async failed(_, window, limit) {
        const ids = heads.map(({ messageId }) => messageId);
        const { page, rest } = behind(ids, window, limit);
        return { messageIds: page, rest };
      },
    },
    log: {
      async oldest(_, window) {
        const { page, rest } = behind(messageIds, window, 10);
        const messages = page
          .map(kept)
          .map(({ facts, payload }) => ({ facts, payload: () => payload }));
        return { messages, rest };
      },
    },
    messages: { findAll: async (_, ids) => ids.filter((id) => messageIds.includes(id)).map(kept) },
    healths: { withTimersAmong: async (ids) => new Set(ids.filter((id) => held.has(id))) },
    records: {
      async record(record) {
        const known = standing.get(record.messageId);
        if (known && known.status !== "pending") return false;
        standing.set(record.messageId, record);
        return true;
      },
    },
    deliveries: {
      async send(jobs) {
        sent.push(...jobs);
        return [];
      },
    },
    next: {
      async send(step, delaySeconds) {
        steps.push({ step, delaySeconds });
      },
    },
    rate: 25,
    retentionDays: 30,
    now: () => nowMs,
  };
  return {
    deps,
    sent,
    steps,
    standing,
    held,
    job: () => job,
    webhookBecomes: (changed: typeof webhook) => {
      webhook = changed;
    },
  };
}
