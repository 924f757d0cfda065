import type { DeliveryJob } from "../shared/contract/delivery.ts";
import type { DeliveryRecord } from "../shared/domain/delivery-record.ts";
import type { Stream } from "./simulate-scenarios.ts";
import type { World } from "./simulate-world.ts";

/** How much waited where at a time. */
export interface Sample {
  readonly timeMs: number;
  readonly deliveries: number;
  readonly slow: number;
  readonly retries: number;
  readonly parked: number;
  readonly due: number;
}

/** Watches a world: what was accepted, what became of it, and how long it took. */
export class Measure {
  readonly samples: Sample[] = [];
  readonly latenciesMs: number[] = [];
  published = 0;
  attempts = 0;
  early = 0;
  /** Deliveries that came twice. */
  repeated = 0;
  readonly #ends = new Map<string, { status: string; timeMs: number }>();
  readonly #received = new Set<string>();
  readonly #kinds: ReadonlyMap<string, Stream["kind"]>;

  constructor(streams: readonly Stream[]) {
    this.#kinds = new Map(streams.map(({ webhook, kind }) => [webhook, kind]));
  }

  get open(): number {
    return this.published - this.#ends.size;
  }

  count(status: string): number {
    return [...this.#ends.values()].filter((end) => end.status === status).length;
  }

  lastTroubledEndMs(): number {
    let lastMs = 0;
    for (const [key, { timeMs }] of this.#ends) {
      const webhookId = key.slice(0, key.indexOf("/"));
      if (this.#kinds.get(webhookId) === "troubled") lastMs = Math.max(lastMs, timeMs);
    }
    return lastMs;
  }

  onPost(job: DeliveryJob, nowMs: number): void {
    this.attempts += 1;
    if ((job.notBeforeMs ?? 0) > nowMs) this.early += 1;
  }

  onReceived({ webhookId, message }: DeliveryJob, nowMs: number): void {
    const key = `${webhookId}/${message.messageId}`;
    if (this.#received.has(key)) this.repeated += 1;
    else if (this.#kinds.get(webhookId) === "healthy")
      this.latenciesMs.push(nowMs - message.publishedTimeMs);
    this.#received.add(key);
  }

  onRecord({ webhookId, messageId, status }: DeliveryRecord, timeMs: number): void {
    const key = `${webhookId}/${messageId}`;
    if (status === "delivered" || status === "failed") this.#ends.set(key, { status, timeMs });
    else this.#ends.delete(key);
  }

  onDead(body: unknown, timeMs: number): void {
    if (!isJob(body)) return;
    this.#ends.set(`${body.webhookId}/${body.message.messageId}`, {
      status: "dead letter",
      timeMs,
    });
  }

  sample({ clock, deliveries, slow, retries, tables }: World): void {
    let parked = 0;
    for (const park of tables.parks.values()) parked += park.size;
    this.samples.push({
      timeMs: clock.nowMs,
      deliveries: deliveries.depth,
      slow: slow.depth,
      retries: retries.depth,
      parked,
      due: tables.due.size,
    });
  }
}

function isJob(body: unknown): body is DeliveryJob {
  return typeof body === "object" && body !== null && "message" in body;
}
