import { type Breaker, beginDrain, tripBreaker } from "../../../shared/domain/breaker/breaker.ts";
import { openRetryQueue } from "../../../shared/queue/queues.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { openParkStore } from "../../../shared/store/waiting/waiting-jobs.ts";
import { eventually } from "../../support/eventually.ts";
import { type Fault, withoutDelay } from "./faults.ts";
import type { WebhookCalls } from "./webhook-calls.ts";

/** The deliveries that a breaker's step sends back. */
export const sendsBack = { by: "deliver", action: "SendMessageBatch", about: '\\"attempt\\"' };

/** Has the queue hand out at once what a step spreads over ten seconds. */
export const atOnce: Fault = (call, forward) => forward(withoutDelay(call.input));

export interface Patient {
  cacheName: string;
  webhookName: string;
  webhookId: string;
}

/** Takes the steps of webhooks' breakers at once, which otherwise are ten seconds apart and more. */
export function openBreakerSteps({ subscribeTo, publishMany }: WebhookCalls) {
  const healths = openHealthStore();
  const retries = openRetryQueue();
  const park = openParkStore();

  const write = async (patient: Patient, change: (before: Breaker | undefined) => Breaker) => {
    await eventually(async () => {
      const before = await healths.find(patient.webhookId);
      const nowMs = Date.now();
      const failing = { failures: 10, timeouts: 10, failingSinceMs: nowMs, ...before };
      const version = (before?.version ?? nowMs) + 1;
      const after = { ...failing, version, breaker: change(before?.breaker) };
      return await healths.change(patient, before, after);
    });
  };
  const kindOf = async ({ webhookId }: Patient) =>
    (await healths.find(webhookId))?.breaker.kind ?? "closed";

  const open = (patient: Patient) => write(patient, () => tripBreaker(1, 10, Date.now()));
  const parkedCount = async ({ webhookId }: Patient) =>
    (await park.oldest(webhookId, 1_000)).length;

  return {
    kindOf,
    parkedCount,
    /** As ten time-outs in a row would. */
    open,
    /** As the success of a probe would. */
    drain: (patient: Patient) =>
      write(patient, () => beginDrain(tripBreaker(1, 10, Date.now()), 1, Date.now())),
    /** Makes the awaited tick due, and sends it. */
    async tick(patient: Patient): Promise<void> {
      const { webhookId, cacheName, webhookName } = patient;
      let awaited = 0;
      await write(patient, (breaker) => {
        if (!breaker || breaker.kind === "closed") throw new Error("the breaker does not tick");
        awaited = breaker.tick;
        return { ...breaker, nextTickMs: Date.now() };
      });
      await retries.sendBreakerTimer({ v: 1, webhookId, cacheName, webhookName, tick: awaited }, 0);
    },
    /** As an outcome would that is counted and decides nothing. */
    async count(patient: Patient): Promise<void> {
      const before = await healths.find(patient.webhookId);
      if (!before) throw new Error("there is nothing to count");
      await healths.change(patient, before, { ...before, version: before.version + 1 });
    },
    /** Three messages to a webhook whose breaker is open. */
    async parkThree(cacheName: string) {
      const webhook = await subscribeTo(cacheName);
      await open(webhook);
      const messageIds = await publishMany(cacheName, 3);
      await eventually(async () => (await parkedCount(webhook)) === 3);
      return { webhook, messageIds };
    },
  };
}
