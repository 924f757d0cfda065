import type { Health } from "../../domain/breaker/health-record.ts";
import { isoTime } from "../../domain/ids/iso-time.ts";
import { operationalTopic } from "../../domain/messages/operational-topic.ts";
import { heldUntilMs, perSecondOf } from "../../domain/throttle/refusal.ts";
import { isWorthTelling, nextFreeTimeMs, type Slots } from "../../domain/throttle/slots.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { SlotStore } from "../../store/waiting/slot-store.ts";
import type { Announcer } from "../events/announcer.ts";

export interface BacklogDeps {
  readonly slots: Pick<SlotStore, "find" | "takeTelling">;
  readonly announcer: Pick<Announcer, "limited" | "flush">;
  readonly now: () => number;
}

const none: Slots = { nextSlotMs: 0, waiting: 0 };

/**
 * Tells of a backlog that takes longer than an hour, once in six hours; `known` is what the step has learnt of it.
 * Of $hookcast's own deliveries nothing is told.
 */
export async function tellBacklog(
  webhook: WebhookRecord,
  health: Health | undefined,
  known: Slots | undefined,
  { slots, announcer, now }: BacklogDeps,
): Promise<void> {
  if (webhook.topicName === operationalTopic) return;
  const { webhookId } = webhook;
  const nowMs = now();
  const heldMs = heldUntilMs(health, nowMs) ?? 0;
  if (!known && !isWorthTelling(heldMs, undefined, nowMs)) return;
  const found = known ?? (await slots.find(webhookId)) ?? none;
  const perSecond = perSecondOf(webhook, health);
  const freeMs = Math.max(
    heldMs,
    perSecond === undefined ? 0 : nextFreeTimeMs(found, perSecond, nowMs),
  );
  if (!isWorthTelling(freeMs, found.toldTimeMs, nowMs)) return;
  if (!(await slots.takeTelling(webhookId, nowMs))) return;
  await announcer.limited(webhook, { nextFreeTime: isoTime(freeMs), waiting: found.waiting });
  await announcer.flush();
}
