import type { DeliveryRecord } from "../domain/delivery-record.ts";
import { errorFields, log } from "../runtime/logger.ts";
import { measure } from "../runtime/metrics.ts";
import type { DeliveryStore } from "../store/delivery-store.ts";

/** Gathers the log rows of one batch's successes, so that they cost one call. */
export interface Recorder {
  add(record: DeliveryRecord): Promise<void>;
  /** Writes what is left; never throws. */
  flush(): Promise<void>;
}

/** Long enough for a batch's fast receivers, short against the slow one that they must not wait for. */
const longestHoldMs = 1_000;

/**
 * A row that cannot be written is logged and let go: the receiver has the message, and posting it again
 * for the sake of a log row would be worse.
 */
export function openRecorder(deliveries: Pick<DeliveryStore, "recordDelivered">): Recorder {
  let held: DeliveryRecord[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const records = held;
    held = [];
    if (records.length > 0)
      writing = Promise.all([writing, write(deliveries, records)]).then(() => {});
    return writing;
  };

  return {
    async add(record) {
      held.push(record);
      timer ??= setTimeout(flush, longestHoldMs);
    },
    flush,
  };
}

async function write(
  deliveries: Pick<DeliveryStore, "recordDelivered">,
  records: readonly DeliveryRecord[],
): Promise<void> {
  try {
    await deliveries.recordDelivered(records);
  } catch (error) {
    measure("Unrecorded", records.length);
    log("error", "delivery.unrecorded", { count: records.length, ...errorFields(error) });
  }
}
