import { expect, test } from "vitest";
import { openRateGate } from "../../../../shared/delivery/attempt/rate-gate.ts";
import { giveSlots } from "../../../../shared/delivery/breaker/send-back.ts";
import { slotsBefore, spacingMs } from "../../../../shared/domain/breaker/slots.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import type { SlotStore } from "../../../../shared/store/waiting/slot-store.ts";
import type { WaitingJob } from "../../../../shared/store/waiting/waiting-jobs.ts";
import { jobWith, publishedTimeMs, webhookId, webhookWith } from "../../samples.ts";

const nowMs = publishedTimeMs + 100;

const slots: Pick<SlotStore, "reserve"> = {
  async reserve(_, { howMany, perSecond, fromMs }) {
    const nextSlotMs = fromMs + howMany * spacingMs(perSecond);
    return { slots: slotsBefore(nextSlotMs, howMany, perSecond), nextSlotMs, waiting: 0 };
  },
};

function waiting(howMany: number): WaitingJob[] {
  return Array.from({ length: howMany }, (_, index) => ({
    key: { pk: "park", sk: String(index) },
    job: jobWith(),
  }));
}

async function stepAt(perSecond: number, howMany: number) {
  const step = { perSecond, seconds: 60, nowMs };
  return (await giveSlots(webhookId, waiting(howMany), step, slots)).delayed;
}

test("a step sends what has its slot within two seconds off together", async () => {
  const delays = (await stepAt(2, 12)).map(({ delaySeconds }) => delaySeconds);
  expect(delays).toEqual([0, 0, 0, 0, 2, 2, 2, 2, 4, 4, 4, 4]);
});

test("whatever the rate, a job comes before its slot, and early enough to be given it", async () => {
  for (const perSecond of [0.1, 0.3, 0.5, 1, 2, 3, 5, 10, 100, 1_000]) {
    for (const { job, delaySeconds } of await stepAt(perSecond, 30)) {
      const arrivedMs = nowMs + 1_000 * delaySeconds;
      expect((job.slot?.timeMs ?? 0) - arrivedMs).toBeGreaterThanOrEqual(500);
      const gate = openRateGate({ slots, timers: realTimers, now: () => arrivedMs });
      const webhook = webhookWith({ maxPerSecond: perSecond });
      expect(await gate.turnOf(job, webhook, undefined)).toEqual({
        kind: "slot",
        timeMs: job.slot?.timeMs,
      });
    }
  }
});
