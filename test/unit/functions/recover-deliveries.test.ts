import { expect, test } from "vitest";
import { recoverDeliveries } from "../../../functions/http/deliveries/recover-deliveries.ts";
import { recover } from "../../../functions/queue/recover.ts";
import type { RecoveryStep } from "../../../shared/contract/jobs.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import type { RecoveryRecord } from "../../../shared/domain/recovery/recovery-record.ts";
import type { RecoveryProgress } from "../../../shared/store/waiting/recovery-store.ts";
import { jobId, nowMs, recoveryWith, recoveryWorld } from "../delivery/recover/recovery-deps.ts";
import { publishedTimeMs, webhookId, webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";
import { nothingHolds } from "./nothing-waits.ts";

const since = new Date(publishedTimeMs).toISOString();

async function start(webhook = webhookWith(), body: object = {}, refusal?: Error) {
  const written: (RecoveryRecord | RecoveryStep | RecoveryProgress)[] = [];
  const deps = {
    webhooks: { findById: async () => webhook, findLocation: async () => undefined },
    recoveries: {
      find: async () => undefined,
      async advance(_: RecoveryRecord, progress: RecoveryProgress) {
        written.push(progress);
        return true;
      },
    },
    ...nothingHolds,
    slots: {
      read: async () => ({ ofWebhook: undefined, ofCache: [], version: 0 }),
      async start({ job }: { job: RecoveryRecord }) {
        written.push(job);
        return "started" as const;
      },
    },
    steps: {
      async send(step: RecoveryStep) {
        if (refusal) throw refusal;
        written.push(step);
      },
    },
    retentionDays: 30,
    now: () => nowMs,
  };
  const input = {
    params: { webhookId },
    body: { since, mode: "failed" as const, ...body },
    query: undefined,
    headers: {},
    text: "",
    caller: callerWith({ caches: ["orders"] }),
  };
  const answer = recoverDeliveries(input, deps);
  await answer.catch(() => undefined);
  return { answer, written };
}

test("stores the job, which a step must find, before it sends the first step", async () => {
  const { answer, written } = await start();
  const started = await answer;
  expect(written).toEqual([
    recoveryWith({ ...started, expiresAt: Math.ceil(nowMs / 1000) + 30 * 86_400 }),
    { v: 1, webhookId, cacheName: "orders", jobId: started.jobId, step: 0 },
  ]);
});

test("a job whose first step the queue refuses is stopped, so that its webhook is free", async () => {
  const refusal = new AppError("SERVER_UNAVAILABLE", "not accepted; try again");
  const { answer, written } = await start(webhookWith(), {}, refusal);
  await expect(answer).rejects.toBe(refusal);
  expect(written).toMatchObject([
    { state: "running", step: 0 },
    { state: "stopped", plan: [], endedTimeMs: nowMs },
  ]);
});

test.each([
  ["an inactive webhook", "FAILED_PRECONDITION_ERROR", webhookWith({ status: "inactive" }), {}],
  ["a webhook out of scope", "NOT_FOUND_ERROR", webhookWith({ cacheName: "others" }), {}],
  ["a bad window", "INVALID_ARGUMENT_ERROR", webhookWith(), { until: since }],
])("refuses %s and stores nothing", async (_, code, webhook, body) => {
  const { answer, written } = await start(webhook, body);
  await expect(answer).rejects.toMatchObject({ code });
  expect(written).toEqual([]);
});

test("a step that came back is told from a copy by how often it was received", async () => {
  const world = recoveryWorld(recoveryWith({ step: 3 }), []);
  const queue = { deadLetterQueue: { send: async () => {} }, handBack: { soon: async () => {} } };
  const deps = { ...world.deps, ...queue };
  const job = { v: 1, webhookId, jobId, step: 2 } as const;
  await recover([{ job, receiveCount: 1, sentTimeMs: 0, body: "" }], deps);
  expect(world.steps).toEqual([]);
  await recover([{ job, receiveCount: 2, sentTimeMs: 0, body: "" }], deps);
  expect(world.steps).toEqual([{ step: { ...job, step: 3 }, delaySeconds: 0 }]);
});

test("stores what the recovery is narrowed down to, each message once", async () => {
  const filter = { event: 101, statusClass: "5xx" as const };
  const ids = ["msg_01JDB2Q5V8K3M4N6P7R8S9TAVW", "msg_01JDB2Q5V8K3M4N6P7R8S9TAVW"];
  const { answer, written } = await start(webhookWith(), {
    since: undefined,
    messageIds: ids,
    ...filter,
  });
  await answer;
  expect(written[0]).toMatchObject({ messageIds: ids.slice(1), ...filter });
});
