import type { DeliveryJob } from "../../../shared/contract/jobs.ts";
import { isAttempt } from "../functions.ts";
import type { Audience } from "../scenario.ts";
import { ingestQueue, queueUrls } from "../settings.ts";
import type { Observer, World } from "../world.ts";

/** How much waited where at a time. */
export interface Sample {
  readonly timeMs: number;
  readonly deliveries: number;
  readonly slow: number;
  readonly retries: number;
  readonly ingest: number;
  readonly outbox: number;
  readonly parked: number;
  readonly due: number;
}

/** A function holds the records of a batch back for a second, and may run for a minute. */
const recordedWithinMs = 120_000;

/** Watches a world: what was accepted, what became of it, and how long it took. */
export class Measure implements Observer {
  readonly samples: Sample[] = [];
  /** Of each audience, from the publish to the receiver's answer. */
  readonly latenciesMs = new Map<string, number[]>();
  /** Of healthy ones, by the minute of the publish. */
  readonly minutesMs = new Map<number, number[]>();
  /** Deliveries that are owed. */
  accepted = 0;
  attempts = 0;
  early = 0;
  /** Deliveries that came twice. */
  repeated = 0;
  /** Functions that were stopped in the middle of their work. */
  cutOff = 0;
  /** Of each webhook with a rate, when it was posted to. */
  readonly limitedMs = new Map<string, number[]>();
  readonly #ends = new Map<string, { status: string; timeMs: number }>();
  /** Received, and without a record that says so. */
  readonly #unrecorded = new Set<string>();
  #lastReceivedMs = 0;
  readonly #refused = new Set<string>();
  readonly #received = new Set<string>();
  readonly #audiences = new Map<string, Audience>();

  readonly #onPost: Observer["onPost"] | undefined;

  constructor(onPost?: Observer["onPost"]) {
    this.#onPost = onPost;
  }

  join(webhookId: string, audience: Audience): void {
    this.#audiences.set(webhookId, audience);
    if (!this.latenciesMs.has(audience.name)) this.latenciesMs.set(audience.name, []);
    if (audience.maxPerSecond !== undefined) this.limitedMs.set(webhookId, []);
  }

  /** Deliveries that have not ended, as far as their records say. */
  get open(): number {
    return this.accepted - this.#ends.size;
  }

  get unrecorded(): number {
    return this.#unrecorded.size;
  }

  /** Whether all have ended: a success whose record could not be written is let go. */
  isOver(nowMs: number): boolean {
    if (this.open === 0) return true;
    return this.open === this.unrecorded && nowMs - this.#lastReceivedMs > recordedWithinMs;
  }

  count(status: string): number {
    return [...this.#ends.values()].filter((end) => end.status === status).length;
  }

  lastTroubledEndMs(): number {
    let lastMs = 0;
    for (const [key, { timeMs }] of this.#ends) {
      const webhookId = key.slice(0, key.indexOf("/"));
      if (this.#audiences.get(webhookId)?.kind === "troubled") lastMs = Math.max(lastMs, timeMs);
    }
    return lastMs;
  }

  onAccepted(deliveries: number): void {
    this.accepted += deliveries;
  }

  /** Whoever published them was told that they are not accepted, before any of them could arrive. */
  onRefused(messageIds: readonly string[]): void {
    for (const id of messageIds) this.#refused.add(id);
  }

  onPost(job: DeliveryJob, nowMs: number, atOnce: number): void {
    this.#onPost?.(job, nowMs, atOnce);
    this.attempts += 1;
    this.limitedMs.get(job.webhookId)?.push(nowMs);
    if ((job.notBeforeMs ?? 0) > nowMs) this.early += 1;
  }

  onReceived({ webhookId, message }: DeliveryJob, nowMs: number): void {
    const key = `${webhookId}/${message.messageId}`;
    if (this.#received.has(key)) this.repeated += 1;
    else {
      const { name = "", kind } = this.#audiences.get(webhookId) ?? {};
      const latencyMs = nowMs - message.publishedTimeMs;
      this.latenciesMs.get(name)?.push(latencyMs);
      if (kind === "healthy") this.#addToMinute(message.publishedTimeMs, latencyMs);
    }
    this.#received.add(key);
    if (this.#refused.has(message.messageId)) return;
    this.#lastReceivedMs = nowMs;
    if (!this.#ends.has(key)) this.#unrecorded.add(key);
  }

  #addToMinute(publishedMs: number, latencyMs: number): void {
    const minute = Math.floor(publishedMs / 60_000);
    const known = this.minutesMs.get(minute);
    if (known) known.push(latencyMs);
    else this.minutesMs.set(minute, [latencyMs]);
  }

  onRecord({ webhookId, messageId, status }: Parameters<Observer["onRecord"]>[0], timeMs: number) {
    if (this.#refused.has(messageId)) return;
    const key = `${webhookId}/${messageId}`;
    if (status === "delivered" || status === "failed") {
      this.#ends.set(key, { status, timeMs });
      this.#unrecorded.delete(key);
    } else this.#ends.delete(key);
  }

  onDead(body: string, timeMs: number): void {
    const job: unknown = JSON.parse(body);
    if (!isAttempt(job) || this.#refused.has(job.message.messageId)) return;
    const key = `${job.webhookId}/${job.message.messageId}`;
    this.#ends.set(key, { status: "dead letter", timeMs });
  }

  onCrash(): void {
    this.cutOff += 1;
  }

  sample(world: World): void {
    this.samples.push({
      timeMs: world.clock.now(),
      deliveries: world.depthOf(queueUrls.DELIVERY_QUEUE_URLS),
      slow: world.depthOf(queueUrls.SLOW_QUEUE_URL),
      retries: world.depthOf(queueUrls.RETRY_QUEUE_URL),
      ingest: world.depthOf(ingestQueue),
      outbox: world.outbox.items.size,
      parked: world.countRows("park"),
      due: world.countRows("due"),
    });
  }
}
