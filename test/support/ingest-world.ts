import { createHash } from "node:crypto";
import type { SQSRecord } from "aws-lambda";
import { ingestWorker, openIngestDeps } from "../../functions/queue/ingest.ts";
import { MemoryDatabase } from "../../ops/simulate/memory/memory-database.ts";
import { useSettings } from "../../ops/simulate/settings.ts";
import { tableNames } from "../../ops/simulate/world.ts";
import { type IngestSource, ingestAttributes } from "../../shared/contract/ingest.ts";
import type { DeliveryJob } from "../../shared/contract/jobs.ts";
import type { QueueMessage } from "../../shared/queue/send-batch.ts";
import { openWebhookWriter } from "../../shared/store/webhooks/webhook-writer.ts";
import { faultyPlatform, type Life, type Mishap, startLife } from "./faulty-platform.ts";

const folder = "https://sqs.example/1/";
export const startMs = 1_706_138_428_000;

/** A body in an ingest queue. */
export interface Waiting {
  readonly sqsMessageId: string;
  readonly queue: string;
  readonly body: string;
  readonly sentTimeMs: number;
  readonly attributes: Readonly<Record<string, string>>;
  receiveCount: number;
}

/** The tables and queues around the function `ingest`, in memory, where every call may go wrong. */
export class IngestWorld {
  readonly database = new MemoryDatabase();
  readonly jobs: DeliveryJob[] = [];
  readonly deadLetters: { queue: string; body: string; attributes: Record<string, string> }[] = [];
  readonly shownAgain: number[] = [];
  /** Every write of a message's row, by messageId, as JSON. */
  readonly written = new Map<string, string[]>();
  waiting: Waiting[] = [];
  nowMs = startMs;
  /** Asked for each call of the function. */
  mishap: () => Mishap = () => "none";
  #sent = 0;
  #sources: readonly IngestSource[] = [];

  constructor(sources: readonly IngestSource[] = [{ queue: "ingest" }]) {
    useSettings({ retryScheduleSeconds: [5], maxDrainRate: 200, recoverRate: 50 });
    this.#sources = sources;
    this.database.table(tableNames.MESSAGES_TABLE).onWrite = (row) => {
      if (!String(row.pk).startsWith("message/")) return;
      const messageId = String(row.sk);
      this.written.set(messageId, [...(this.written.get(messageId) ?? []), JSON.stringify(row)]);
    };
    Object.assign(process.env, {
      DELIVERY_QUEUE_URLS: `${folder}delivery`,
      FAN_OUT_QUEUE_URL: `${folder}fan-out`,
      INGEST_SOURCES: JSON.stringify(sources),
    });
  }

  async subscribe(cacheName: string, topicName: string): Promise<void> {
    const webhookId = `whk_01JDB2Q5V8K3M4N6P7R8S9TAVW`;
    await openWebhookWriter(this.database).create(
      {
        v: 1,
        webhookId,
        cacheName,
        topicName,
        webhookName: topicName,
        url: "https://receiver.example/",
        productId: null,
        events: [],
        status: "active",
        sealedSecret: "1.1.sealed",
        format: "standard",
        timeoutSeconds: 15,
        createdTimeMs: startMs,
        lastModifiedTimeMs: startMs,
        version: 1,
      },
      100,
    );
  }

  send(
    body: unknown,
    {
      queue = "ingest",
      attributes = {},
    }: { queue?: string; attributes?: Record<string, string> } = {},
  ): Waiting {
    this.#sent += 1;
    const waiting = {
      sqsMessageId: createHash("md5").update(String(this.#sent)).digest("hex"),
      queue,
      body: typeof body === "string" ? body : JSON.stringify(body),
      sentTimeMs: this.nowMs,
      attributes,
      receiveCount: 0,
    };
    this.waiting.push(waiting);
    return waiting;
  }

  /** Sends what lies in the dead-letter queues back, as SQS does: under a new id. */
  redrive(): void {
    for (const { queue, body, attributes } of this.deadLetters.splice(0)) {
      this.send(body, { queue, attributes });
    }
  }

  /** Hands a batch to a function that has just started, and deletes what it does not hand back. */
  async receive(most = 10): Promise<{ died: boolean; handedBack: number }> {
    const batch = this.waiting.slice(0, most);
    for (const waiting of batch) waiting.receiveCount += 1;
    const life = startLife(() => this.mishap());
    const handler = ingestWorker(() => this.#open(life));
    const event = { Records: batch.map((waiting) => this.#record(waiting)) };
    const context = { getRemainingTimeInMillis: () => 30_000, functionName: "ingest" };
    // A handler asks its context for nothing else.
    const answer = await Promise.race([handler(event, context as never), life.death]);
    // What is under way when it dies is not heard of again; the queue shows the batch anew.
    if (answer === "died" || life.isDying) return { died: true, handedBack: batch.length };
    const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const done = batch.filter(({ sqsMessageId }) => !failed.has(sqsMessageId));
    this.waiting = this.waiting.filter((waiting) => !done.includes(waiting));
    return { died: false, handedBack: failed.size };
  }

  #open(life: Life) {
    const platform = faultyPlatform(life, {
      database: this.database,
      now: () => this.nowMs,
      sent: (url, batch) => this.#accept(url, batch),
      shownAgain: (afterSeconds) => this.shownAgain.push(...afterSeconds),
    });
    const redrivePolicy = (url: string) =>
      life.around(() =>
        JSON.stringify({
          deadLetterTargetArn: `arn:aws:sqs:eu:1:${url.slice(folder.length)}-dead`,
        }),
      );
    return openIngestDeps(platform, { redrivePolicy });
  }

  #accept(url: string, batch: readonly QueueMessage[]): void {
    const name = url.slice(folder.length);
    const source = this.#sources.find(({ queue }) => name === `${queue}-dead`);
    for (const { body, attributes = {} } of batch) {
      if (source)
        this.deadLetters.push({ queue: source.queue, body, attributes: { ...attributes } });
      else this.jobs.push(JSON.parse(body));
    }
  }

  #record(waiting: Waiting): SQSRecord {
    const attributes = Object.entries(waiting.attributes).map(([name, stringValue]) => [
      name,
      { stringValue, dataType: "String", stringListValues: [], binaryListValues: [] },
    ]);
    return {
      messageId: waiting.sqsMessageId,
      receiptHandle: `receipt-${waiting.sqsMessageId}`,
      body: waiting.body,
      attributes: {
        ApproximateReceiveCount: String(waiting.receiveCount),
        SentTimestamp: String(waiting.sentTimeMs),
        SenderId: "sender",
        ApproximateFirstReceiveTimestamp: String(waiting.sentTimeMs + 1),
      },
      messageAttributes: Object.fromEntries(attributes),
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: arnOf(waiting.queue),
      awsRegion: "eu",
    };
  }
}

export function arnOf(queue: string): string {
  return `arn:aws:sqs:eu:1:${queue}`;
}

export function reasonOf({ attributes }: { attributes: Readonly<Record<string, string>> }): string {
  return attributes[ingestAttributes.reason] ?? "";
}
