import type { DeliveryJob } from "../../contract/jobs.ts";
import type { DeliveryRecord } from "./delivery-record.ts";

/** Whether the attempt that a job asks for has been made already, or is no longer wanted. */
export function isSettled(record: DeliveryRecord | undefined, job: DeliveryJob): boolean {
  if (!record || record.generation < job.generation) return false;
  if (record.generation > job.generation) return true;
  const isOver = record.status === "delivered" || record.status === "failed";
  return isOver || record.attemptCount >= job.attempt;
}
