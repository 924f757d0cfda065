import type { DeliveryJob } from "../../contract/jobs.ts";
import type { DeliveryContext } from "../../store/deliveries/delivery-context.ts";
import type { DeliveryStore } from "../../store/deliveries/delivery-store.ts";

interface Deps {
  readonly deliveries: Pick<DeliveryStore, "forget">;
}

/**
 * Ends a delivery whose webhook was deleted: nobody waits for it any more. Of one that has no row yet, or
 * had ended before, there is nothing to say.
 */
export async function cancelWaiting(
  job: DeliveryJob,
  context: DeliveryContext,
  { deliveries }: Deps,
): Promise<void> {
  const status = context.headOf(job)?.status;
  if (status !== "pending" && status !== "retrying") return;
  await deliveries.forget(job.webhookId, job.message.messageId);
}
