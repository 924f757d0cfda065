import type { DeliveryJob } from "../../contract/jobs.ts";
import type { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import type { Repair } from "../../domain/breaker/breaker.ts";
import { type IdWindow, idSpan } from "../../domain/ids/ids.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { DeliveryHeads } from "../../store/deliveries/delivery-heads.ts";
import type { MessageStore } from "../../store/messages/message-store.ts";
import { firstJob } from "../publish/store-and-enqueue.ts";

export interface MakeDueDeps {
  readonly heads: Pick<DeliveryHeads, "retrying" | "findMany">;
  readonly messages: Pick<MessageStore, "findAll">;
  readonly now: () => number;
}

export interface MadeDue {
  /** In the order of their messages. */
  readonly jobs: DeliveryJob[];
  /** The messageId to go on with; null at the end. */
  readonly next: string | null;
}

/** So many messages, with their values, are held at once. */
const atOnce = 100;
/** Pages that one step looks through, where few of them wait for their time. */
const maxPages = 10;

/**
 * The next deliveries that wait for their time, whether in a row or in a queue that holds them back: each as a new
 * generation to be tried now. Nothing is written. Those whose time has come are parked or on their way; a message that
 * is no longer kept is left to its own chain.
 */
export async function makeDue(
  webhook: WebhookRecord,
  { untilMs, from }: Repair,
  howMany: number,
  { heads, messages, now }: MakeDueDeps,
): Promise<MadeDue> {
  const { webhookId, cacheName } = webhook;
  const [first, last] = idSpan("msg", 0, untilMs);
  const jobs: DeliveryJob[] = [];
  let window: IdWindow = [from ?? first, last];
  for (let n = 0; n < maxPages && window !== null && jobs.length < howMany; n += 1) {
    const limit = Math.min(atOnce, howMany - jobs.length);
    const { messageIds, rest } = await heads.retrying(webhookId, window, limit);
    const standing = await heads.findMany(webhookId, messageIds);
    const waiting = [...standing.values()].filter((head) => waitsForItsTime(head, now()));
    const generations = new Map(waiting.map((head) => [head.messageId, head.generation + 1]));
    const kept = await messages.findAll(cacheName, [...generations.keys()]);
    const alive = kept.filter(({ expiresAt }) => expiresAt * 1_000 > now());
    jobs.push(
      ...alive
        .map((message) => {
          const generation = generations.get(message.facts.messageId) ?? 1;
          const job = firstJob(webhook, message, generation);
          return { ...job, notBeforeMs: now(), onlyWaiting: true };
        })
        .toSorted(oldestFirst),
    );
    window = rest;
  }
  return { jobs, next: window?.[0] ?? null };
}

function waitsForItsTime({ status, nextAttemptTimeMs }: DeliveryRecord, nowMs: number): boolean {
  return status === "retrying" && nextAttemptTimeMs !== null && nextAttemptTimeMs > nowMs;
}

function oldestFirst(a: DeliveryJob, b: DeliveryJob): number {
  return a.message.messageId < b.message.messageId ? -1 : 1;
}
