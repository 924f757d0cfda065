import { expiryOf } from "../domain/retention.ts";
import { defaultHorizonMs } from "../domain/retry-schedule.ts";
import { measure } from "../runtime/metrics.ts";
import type { DueStore } from "../store/due-store.ts";
import type { ParkStore } from "../store/park-store.ts";
import { type Later, lean } from "./later.ts";

interface Deps {
  readonly park: Pick<ParkStore, "add">;
  readonly due: Pick<DueStore, "add">;
  readonly retentionDays: number;
}

/**
 * Where deliveries wait while their webhook's breaker is open. Each also gets a due row at its horizon,
 * stored first, so that the delivery ends even if the breaker never closes.
 */
export function openParked({ park, due, retentionDays }: Deps): Later {
  return {
    async at(timeMs, job) {
      const waiting = lean({ ...job, isProbe: undefined, notBeforeMs: timeMs }, retentionDays);
      const { publishedTimeMs } = job.message;
      const horizonMs = publishedTimeMs + defaultHorizonMs + 1;
      await due.add({ ...waiting, notBeforeMs: horizonMs }, horizonMs);
      await park.add(waiting, timeMs, expiryOf(publishedTimeMs, retentionDays));
      measure("Parked", 1);
    },
  };
}
