import { departures } from "../../domain/throttle/departures.ts";
import type { DelayedJob } from "../../queue/delivery-queue.ts";
import type { Reserved, SlotStore } from "../../store/waiting/slot-store.ts";
import type { WaitingJob } from "../../store/waiting/waiting-job.ts";

interface Step {
  readonly perSecond: number;
  /** Until the next one. */
  readonly seconds: number;
  readonly nowMs: number;
}

export interface AtRate {
  readonly delayed: DelayedJob[];
  /** What gets no slot in this step, and stays where it is. */
  readonly left: WaitingJob[];
  readonly reserved: Reserved;
}

/** On its way from here to the function that posts it. */
const travelMs = 1_000;
/** A queue holds back whole seconds: jobs are to be there so much before the first of their slots, and up to a second more. */
const earlyMs = 500;

/** Gives a step's deliveries the slots until the next step, in one reservation. */
export async function giveSlots(
  webhookId: string,
  due: readonly WaitingJob[],
  { perSecond, seconds, nowMs }: Step,
  slots: Pick<SlotStore, "reserve">,
): Promise<AtRate> {
  const fromMs = nowMs + travelMs;
  const reserved = await slots.reserve(webhookId, {
    howMany: due.length,
    perSecond,
    fromMs,
    untilMs: fromMs + 1_000 * seconds,
    countsRest: false,
  });
  const departuresMs = departures(reserved.slots);
  const delayed = reserved.slots.flatMap((timeMs, index) => {
    const job = due[index]?.job;
    const waitMs = (departuresMs[index] ?? timeMs) - nowMs - earlyMs;
    const delaySeconds = Math.max(0, Math.floor(waitMs / 1_000));
    return job ? [{ job: { ...job, slot: { timeMs, perSecond } }, delaySeconds }] : [];
  });
  return { delayed, left: due.slice(delayed.length), reserved };
}
