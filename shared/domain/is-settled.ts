import type { DeliveryJob } from "../contract/delivery.ts";
import type { DeliveryRecord } from "./delivery-record.ts";

/** Whether the attempt that a job asks for has been made already, or is no longer wanted. */
export function isSettled(record: DeliveryRecord | undefined, job: DeliveryJob): boolean {
  if (!record || record.generation < job.generation) return false;
  if (record.generation > job.generation) return true;
  return record.status !== "retrying" || record.attemptCount >= job.attempt;
}
