import type { DeliveryRecord } from "../../domain/attempts/delivery-record.ts";
import { errorFields, log } from "../../runtime/logger.ts";
import { measure } from "../../runtime/metrics.ts";
import type { Timers } from "../../runtime/timers.ts";
import type { DeliveryStore } from "../../store/deliveries/delivery-store.ts";

/** Gathers the log rows of one batch's successes, so that they cost one call. */
export interface Recorder {
  add(record: DeliveryRecord, traceId?: string): Promise<void>;
  /** Writes what is left; never throws. */
  flush(): Promise<void>;
}

interface Held {
  readonly record: DeliveryRecord;
  readonly traceId: string | undefined;
}

/** Long enough for a batch's fast receivers, short against the slow one that they must not wait for. */
const maxHoldMs = 1_000;

/**
 * A row that cannot be written is logged and let go: the receiver has the message, and posting it again
 * for the sake of a log row would be worse.
 */
export function openRecorder(
  deliveries: Pick<DeliveryStore, "recordDelivered">,
  timers: Timers,
): Recorder {
  let held: Held[] = [];
  let cancelFlush: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  const flush = () => {
    cancelFlush?.();
    cancelFlush = undefined;
    const gathered = held;
    held = [];
    if (gathered.length > 0)
      writing = Promise.all([writing, write(deliveries, gathered)]).then(() => {});
    return writing;
  };

  return {
    async add(record, traceId) {
      held.push({ record, traceId });
      cancelFlush ??= timers.after(maxHoldMs, flush);
    },
    flush,
  };
}

async function write(
  deliveries: Pick<DeliveryStore, "recordDelivered">,
  held: readonly Held[],
): Promise<void> {
  try {
    await deliveries.recordDelivered(held.map(({ record }) => record));
  } catch (error) {
    const traceId = held.flatMap((each) => each.traceId ?? []).join(" ") || undefined;
    measure("Unrecorded", held.length);
    log("error", "delivery.unrecorded", { count: held.length, traceId, ...errorFields(error) });
  }
}
