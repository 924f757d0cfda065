import { openOutboxDeps, outboxWorker } from "../../functions/queue/outbox.ts";
import { MemoryDatabase } from "../../ops/simulate/memory/memory-database.ts";
import { MemoryOutbox } from "../../ops/simulate/memory/memory-outbox.ts";
import { useSettings } from "../../ops/simulate/settings.ts";
import { tableNames } from "../../ops/simulate/world.ts";
import type { DeliveryJob } from "../../shared/contract/jobs.ts";
import type { OutboxStore } from "../../shared/store/messages/outbox-store.ts";
import type { Row } from "../../shared/store/table/rows.ts";
import { openWebhookWriter } from "../../shared/store/webhooks/webhook-writer.ts";
import { webhookWith } from "../unit/samples.ts";
import { faultyPlatform, type Life, type Mishap, startLife } from "./faulty-platform.ts";

export const startMs = Date.UTC(2024, 0, 25, 12);
export const minuteMs = 60_000;

/** What the mapping of the stream says: see infra/permissions/consumers.ts. */
const mapping = { batchSize: 100, maxRecordAgeMs: 4 * minuteMs, retryAttempts: 3 };
const streamKeepsMs = 24 * 60 * minuteMs;

/** The outbox, its stream and the minute's rule around the function, under a clock that the test moves. */
export class OutboxWorld {
  readonly database = new MemoryDatabase();
  readonly outbox = new MemoryOutbox();
  readonly jobs: DeliveryJob[] = [];
  /** Every write of a message's row, by messageId, as JSON. */
  readonly written = new Map<string, string[]>();
  nowMs = startMs;
  /** Whether the stream is read, and whether the rule fires. */
  isMapped = true;
  isScheduled = true;
  deaths = 0;
  /** Asked for each call of the function. */
  mishap: () => Mishap = () => "none";
  #stream: { readonly id: string; readonly timeMs: number }[] = [];
  #live: ReturnType<typeof outboxWorker> | undefined;
  #life: Life | undefined;

  constructor() {
    useSettings({ retryScheduleSeconds: [5], maxDrainRate: 200, recoverRate: 50 });
    this.database.table(tableNames.MESSAGES_TABLE).onWrite = (row) => {
      if (!String(row.pk).startsWith("message/")) return;
      const messageId = String(row.sk);
      this.written.set(messageId, [...(this.written.get(messageId) ?? []), JSON.stringify(row)]);
    };
    const folder = "https://sqs.example/1/";
    process.env.DELIVERY_QUEUE_URLS = `${folder}delivery`;
    process.env.FAN_OUT_QUEUE_URL = `${folder}fan-out`;
  }

  async subscribe(cacheName: string, topicName: string): Promise<void> {
    const webhook = webhookWith({ cacheName, topicName, webhookName: topicName });
    await openWebhookWriter(this.database).create(webhook, 100);
  }

  /** What a caller's transaction writes; the stream tells of rows that are new alone. */
  write(row: Row & { readonly id: string }): void {
    const written = { time: new Date(this.nowMs).toISOString(), ...row };
    if (this.outbox.put(written)) this.#stream.push({ id: row.id, timeMs: this.nowMs });
  }

  /** The ids of messages that were sent to the delivery queue, as often as each was. */
  sent(): string[] {
    return this.jobs.map(({ message }) => message.messageId);
  }

  /** A minute passes: the stream is read as far as it is mapped, and the rule fires once. */
  async minute(): Promise<void> {
    if (this.isMapped) await this.readStream();
    if (this.isScheduled) await this.invoke({ source: "aws.events" });
    this.nowMs += minuteMs;
  }

  async readStream(): Promise<void> {
    const kept = this.#stream.filter(({ timeMs }) => this.nowMs - timeMs < streamKeepsMs);
    this.#stream = [];
    for (let start = 0; start < kept.length; start += mapping.batchSize) {
      const batch = kept.slice(start, start + mapping.batchSize);
      for (let tries = 0; tries <= mapping.retryAttempts; tries += 1) {
        const young = batch.filter(({ timeMs }) => this.nowMs - timeMs <= mapping.maxRecordAgeMs);
        if (young.length === 0 || (await this.invoke({ Records: young.map(record) }))) break;
        this.nowMs += 1_000;
      }
    }
  }

  /** Returns whether the function ended well. One that has died is started anew. */
  async invoke(event: object): Promise<boolean> {
    const life = this.#life ?? startLife(() => this.mishap());
    const live = this.#live ?? outboxWorker(() => this.#open(life));
    [this.#life, this.#live] = [life, live];
    const ended = live(event, { getRemainingTimeInMillis: () => 55_000 }).then(
      () => true,
      () => false,
    );
    const answer = await Promise.race([ended, life.death]);
    if (answer !== "died" && !life.isDying) return answer === true;
    this.deaths += 1;
    [this.#life, this.#live] = [undefined, undefined];
    return false;
  }

  #open(life: Life) {
    const platform = faultyPlatform(life, {
      database: this.database,
      now: () => this.nowMs,
      sent: (_, batch) => this.jobs.push(...batch.map(({ body }) => JSON.parse(body))),
      shownAgain: () => {},
    });
    return openOutboxDeps(platform, faulty(this.outbox, life));
  }
}

/** The function forgets a row's write if it dies, and the table does not. */
function faulty(outbox: MemoryOutbox, { around }: Life): OutboxStore {
  return {
    read: (ids) => around(() => outbox.read(ids)),
    page: (after) => around(() => outbox.page(after)),
    takeUp: (row, timeMs) => around(() => outbox.takeUp(row, timeMs)),
    refuse: (row, reason) => around(() => outbox.refuse(row, reason)),
    remove: (row) => around(() => outbox.remove(row)),
  };
}

function record({ id }: { readonly id: string }) {
  return { eventName: "INSERT", dynamodb: { Keys: { id: { S: id } } } };
}
