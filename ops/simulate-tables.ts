import type { DeliveryJob } from "../shared/contract/delivery.ts";
import type { DeliveryRecord } from "../shared/domain/delivery-record.ts";
import type { Health } from "../shared/domain/health-record.ts";
import { isSettled } from "../shared/domain/is-settled.ts";
import { claim, leaseMs } from "../shared/domain/lease.ts";
import type { Heartbeat } from "../shared/domain/switch-off-rule.ts";
import { OrderedRows } from "./simulate-rows.ts";

export interface VirtualWebhook {
  readonly webhookId: string;
  readonly status: "active" | "inactive";
  readonly version: number;
}

/** The tables, with the conditions that the stores write under. */
export class VirtualTables {
  readonly webhooks = new Map<string, VirtualWebhook>();
  readonly heads = new Map<string, DeliveryRecord>();
  readonly health = new Map<string, Health>();
  readonly due = new OrderedRows<DeliveryJob>();
  /** Due rows as well: the ends of what was parked. */
  readonly horizons = new OrderedRows<DeliveryJob>();
  readonly parks = new Map<string, OrderedRows<DeliveryJob>>();
  heartbeat: Heartbeat | undefined;
  readonly #onRecord: (record: DeliveryRecord) => void;

  constructor(onRecord: (record: DeliveryRecord) => void) {
    this.#onRecord = onRecord;
  }

  headOf({ webhookId, message }: DeliveryJob): DeliveryRecord | undefined {
    return this.heads.get(`${webhookId}/${message.messageId}`);
  }

  /** A first attempt that succeeded is put without a condition. */
  recordDelivered(record: DeliveryRecord): void {
    this.#write(record);
  }

  /** An older state never replaces a newer. */
  record(record: DeliveryRecord): void {
    const head = this.heads.get(`${record.webhookId}/${record.messageId}`);
    if (!head || isNewer(record, head)) this.#write({ ...head, ...record });
  }

  /** One conditional write decides among all who try at once. */
  lease(record: DeliveryRecord, job: DeliveryJob, nowMs: number): "taken" | "held" | "settled" {
    const head = this.headOf(job);
    if (claim(head, job, nowMs) === "make") {
      this.#write({ ...head, ...record, leaseUntilMs: nowMs + leaseMs });
      return "taken";
    }
    return isSettled(head, job) ? "settled" : "held";
  }

  /** Answers whether the version still was the one that the change was made from. */
  putHealth(webhookId: string, before: Health | undefined, after: Health | undefined): boolean {
    if (this.health.get(webhookId)?.version !== before?.version) return false;
    if (after) this.health.set(webhookId, after);
    else this.health.delete(webhookId);
    return true;
  }

  parkOf(webhookId: string): OrderedRows<DeliveryJob> {
    const park = this.parks.get(webhookId) ?? new OrderedRows<DeliveryJob>();
    this.parks.set(webhookId, park);
    return park;
  }

  /** Only the version that was tried is made inactive. */
  switchOff({ webhookId, version }: VirtualWebhook): void {
    const current = this.webhooks.get(webhookId);
    if (current?.version !== version) return;
    this.webhooks.set(webhookId, { ...current, status: "inactive", version: version + 1 });
  }

  #write(record: DeliveryRecord): void {
    this.heads.set(`${record.webhookId}/${record.messageId}`, record);
    this.#onRecord(record);
  }
}

/**
 * A success is final for its generation, and a failure for the attempts it counts: a slow writer that
 * parked a delivery must not bring it back to life after somebody else has ended it.
 */
function isNewer(record: DeliveryRecord, head: DeliveryRecord): boolean {
  if (head.generation !== record.generation) return head.generation < record.generation;
  if (record.status === "delivered") return true;
  if (head.status === "delivered") return false;
  if (head.attemptCount !== record.attemptCount) return head.attemptCount < record.attemptCount;
  return head.status !== "failed";
}
