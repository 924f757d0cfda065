import { expect, test } from "vitest";
import type { DeliveryJob } from "../../../../shared/contract/jobs.ts";
import { recoverStep } from "../../../../shared/delivery/recover/recover-step.ts";
import { deliveryWith, messageId, webhookId, webhookWith } from "../../samples.ts";
import { jobId, nowMs, recoveryWith, recoveryWorld } from "./recovery-deps.ts";

const idOf = (n: number) => messageId.slice(0, -4) + String(n).padStart(4, "0");
const ids = Array.from({ length: 60 }, (_, n) => idOf(n));
const failed = ids.map((id) => deliveryWith({ messageId: id, status: "failed", generation: 3 }));
const stepAt = (step: number) => ({
  v: 1 as const,
  webhookId,
  cacheName: "orders",
  jobId,
  step,
});

/** Takes the first step, and each that follows from it. */
async function takeAll(world: ReturnType<typeof recoveryWorld>): Promise<void> {
  await recoverStep(stepAt(world.job().step), false, world.deps);
  for (let n = 0; n < world.steps.length; n += 1) {
    const next = world.steps[n];
    if (next) await recoverStep(next.step, false, world.deps);
  }
}

test("sends each failed delivery once, as the generation behind the one that failed", async () => {
  const world = recoveryWorld(recoveryWith(), failed);
  await takeAll(world);
  expect(world.sent.map(({ message }) => message.messageId)).toEqual(ids);
  expect(new Set(world.sent.map(({ generation, attempt }) => `${generation} ${attempt}`))).toEqual(
    new Set(["4 1"]),
  );
  expect(world.job()).toMatchObject({
    state: "completed",
    matched: 60,
    enqueued: 60,
    endedTimeMs: nowMs,
    plan: [],
  });
});

test("waits as long behind what it has sent as the rate asks for", async () => {
  const world = recoveryWorld(recoveryWith(), failed);
  await takeAll({ ...world, deps: { ...world.deps, rate: 10 } });
  // The first step only looks; 25 at ten a second take three seconds.
  expect(world.steps.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 3, 3]);
});

test("leaves out what the index still calls failed and its row does not", async () => {
  const world = recoveryWorld(recoveryWith(), failed);
  world.standing.set(idOf(7), deliveryWith({ messageId: idOf(7), status: "delivered" }));
  await takeAll(world);
  expect(world.sent).toHaveLength(59);
  expect(world.job().matched).toBe(59);
});

test("sends the very same again when it died before it noted what it had sent", async () => {
  const world = recoveryWorld(recoveryWith(), failed);
  await recoverStep(stepAt(0), false, world.deps);
  const dying = { ...world.deps, recoveries: { ...world.deps.recoveries, advance: dies } };
  await expect(recoverStep(stepAt(1), false, dying)).rejects.toThrow("killed");
  const firstTry = world.sent.splice(0);
  // What it had sent has failed once more meanwhile: it is not for this job to send it a third time.
  for (const head of failed.slice(0, 25)) {
    world.standing.set(head.messageId, { ...head, generation: 4 });
  }
  await recoverStep(stepAt(1), true, world.deps);
  expect(world.sent).toEqual(firstTry);
  expect(world.job()).toMatchObject({ step: 2, enqueued: 25 });
});

test("a step that died behind its note is only followed by the next", async () => {
  const world = recoveryWorld(recoveryWith(), failed);
  const dying = { ...world.deps, next: { send: dies } };
  await expect(recoverStep(stepAt(0), false, dying)).rejects.toThrow("killed");
  expect(world.steps).toEqual([]);
  await recoverStep(stepAt(0), true, world.deps);
  expect(world.sent).toEqual([]);
  expect(world.steps).toEqual([{ step: stepAt(1), delaySeconds: 0 }]);
});

test("a copy of a step that was taken does nothing, so that one chain stays one", async () => {
  const world = recoveryWorld(recoveryWith({ step: 5 }), failed);
  await recoverStep(stepAt(4), false, world.deps);
  expect([world.sent, world.steps, world.job().step]).toEqual([[], [], 5]);
});

test("of two copies at once, one goes on", async () => {
  const world = recoveryWorld(recoveryWith(), failed);
  const { deps } = world;
  await Promise.all([recoverStep(stepAt(0), false, deps), recoverStep(stepAt(0), false, deps)]);
  expect(world.steps).toHaveLength(1);
});

test.each([
  ["inactive", webhookWith({ status: "inactive" })],
  ["deleted", undefined],
])("stops when the webhook is %s, and sends no more", async (_, webhook) => {
  const world = recoveryWorld(recoveryWith(), failed);
  await recoverStep(stepAt(0), false, world.deps);
  world.webhookBecomes(webhook);
  await recoverStep(stepAt(1), false, world.deps);
  expect(world.sent).toEqual([]);
  expect(world.job()).toMatchObject({ state: "stopped", enqueued: 0, endedTimeMs: nowMs });
  expect(world.steps).toHaveLength(1);
});

test("a dry run counts and sends nothing", async () => {
  const world = recoveryWorld(recoveryWith({ dryRun: true }), failed);
  await takeAll(world);
  expect(world.sent).toEqual([]);
  expect(world.job()).toMatchObject({ state: "completed", matched: 60, enqueued: 0 });
  expect(world.steps.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 0]);
});

test("sends messages without a delivery as first attempts that look first, and notes them", async () => {
  const world = recoveryWorld(recoveryWith({ mode: "missing" }), failed.slice(0, 20), ids);
  await takeAll(world);
  expect(world.sent.map(({ message }) => message.messageId)).toEqual(ids.slice(20));
  expect(world.sent[0]).toMatchObject({
    generation: 1,
    attempt: 1,
    notBeforeMs: world.sent[0]?.message.publishedTimeMs,
  });
  expect(world.standing.get(idOf(59))).toMatchObject({ status: "pending", attemptCount: 0 });
  const again = recoveryWorld(recoveryWith({ mode: "missing" }), [...world.standing.values()], ids);
  await takeAll(again);
  expect([again.sent, again.job().matched]).toEqual([[], 0]);
});

test("leaves out messages that the webhook does not want", async () => {
  const world = recoveryWorld(recoveryWith({ mode: "missing" }), [], ids);
  world.webhookBecomes(webhookWith({ events: [101] }));
  await takeAll(world);
  expect(world.job()).toMatchObject({ state: "completed", matched: 0 });
});

test("finds nothing missing where no message is retained", async () => {
  const world = recoveryWorld(recoveryWith({ mode: "missing" }), [], ids);
  await takeAll({ ...world, deps: { ...world.deps, retentionDays: 0 } });
  expect(world.sent).toEqual([]);
  expect(world.job()).toMatchObject({ state: "completed", matched: 0 });
});

test("finds missing what is overdue by an hour, unless a breaker holds it", async () => {
  const nextAttemptTimeMs = nowMs - 3_600_000;
  const late = failed.slice(0, 3).map((head) => {
    const waiting = { status: "retrying" as const, nextAttemptTimeMs };
    return { ...head, ...waiting, error: null };
  });
  const job = () => recoveryWith({ mode: "missing", dryRun: true });
  const world = recoveryWorld(job(), late);
  await takeAll(world);
  expect(world.job()).toMatchObject({ state: "completed", matched: 3 });

  const held = recoveryWorld(job(), late);
  held.held.add(webhookId);
  await takeAll(held);
  expect(held.job()).toMatchObject({ state: "completed", matched: 0 });
});

test("does not send what was attempted since it was found missing", async () => {
  const world = recoveryWorld(recoveryWith({ mode: "missing" }), [], ids.slice(0, 5));
  await recoverStep(stepAt(0), false, world.deps);
  world.standing.set(idOf(3), deliveryWith({ messageId: idOf(3), status: "delivered" }));
  await recoverStep(stepAt(1), false, world.deps);
  expect(world.sent).toHaveLength(4);
  expect(world.job()).toMatchObject({ matched: 5, enqueued: 4 });
});

test("counts a delivery whose message is no longer kept, and cannot send it", async () => {
  const world = recoveryWorld(recoveryWith(), failed.slice(0, 3), ids.slice(0, 2));
  await takeAll(world);
  expect(world.job()).toMatchObject({ state: "completed", matched: 3, enqueued: 2 });
});

test("comes back when the queue refuses deliveries", async () => {
  const world = recoveryWorld(recoveryWith(), failed);
  await recoverStep(stepAt(0), false, world.deps);
  const deliveries = { send: async (jobs: readonly DeliveryJob[]) => jobs.slice(0, 1) };
  const refusing = { ...world.deps, deliveries };
  await expect(recoverStep(stepAt(1), false, refusing)).rejects.toMatchObject({
    code: "SERVER_UNAVAILABLE",
  });
  expect(world.job().step).toBe(1);
});

async function dies(): Promise<never> {
  throw new Error("killed");
}
