import type { SQSRecord } from "aws-lambda";
import * as z from "zod/mini";
import { IngestSource, ingestAttributes } from "../../shared/contract/ingest.ts";
import {
  type IngestDeps,
  type IngestRecord,
  ingestRecords,
} from "../../shared/delivery/ingest/ingest-records.ts";
import { keyIdOf } from "../../shared/delivery/ingest/read-body.ts";
import { aws, type Platform } from "../../shared/delivery/platform.ts";
import { openEntranceDeps } from "../../shared/delivery/publish/entrance-deps.ts";
import {
  messageTimeMs,
  openIdentity,
  type QueueIdentity,
} from "../../shared/domain/messages/ingest-identity.ts";
import { openIngestDeadLetters } from "../../shared/queue/ingest-dead-letters.ts";
import { openHandBack } from "../../shared/queue/queues.ts";
import type { QueueLookup } from "../../shared/queue/send-batch.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import { type HandBack, type Item, recordWorker } from "../../shared/runtime/queue-worker.ts";
import { openIngestSeal } from "../../shared/store/messages/ingest-seal.ts";
import { openIngestQuota } from "../../shared/store/messages/quotas.ts";

interface Deps extends IngestDeps {
  readonly handBack: HandBack;
  readonly sources: readonly IngestSource[];
  readonly sealKey: () => Promise<Uint8Array>;
}

/** Accepts the bodies of ingest queues. One that is not accepted, nor refused for good, comes back alone. */
export async function ingest(
  items: readonly Item<SQSRecord>[],
  deps: Deps,
): Promise<PromiseSettledResult<void>[]> {
  const records = await Promise.allSettled(items.map(({ job }) => recordOf(job, deps)));
  const read = records.flatMap((record) => (record.status === "fulfilled" ? [record.value] : []));
  const results = (await ingestRecords(read, deps)).values();
  return records.map((record) =>
    record.status === "rejected" ? record : (results.next().value ?? unanswered),
  );
}

const unanswered = { status: "rejected", reason: new Error("no result") } as const;

async function recordOf(record: SQSRecord, deps: Deps): Promise<IngestRecord> {
  const queue = record.eventSourceARN.slice(record.eventSourceARN.lastIndexOf(":") + 1);
  const source = deps.sources.find((source) => source.queue === queue);
  if (!source) throw new Error(`${queue} is none of the ingest queues`);
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  return { source, identity: await identityOf(record, deps), body: record.body, receiveCount };
}

/** As it was received, or as it was received before it lay in the dead-letter queue. */
async function identityOf(record: SQSRecord, { sealKey }: Deps): Promise<QueueIdentity> {
  const {
    eventSourceARN: queueArn,
    messageId: sqsMessageId,
    attributes,
    messageAttributes,
  } = record;
  const { SentTimestamp, ApproximateFirstReceiveTimestamp } = attributes;
  const sentTimeMs = Number(SentTimestamp);
  const own = {
    queueArn,
    sqsMessageId,
    sentTimeMs: messageTimeMs(sentTimeMs, Number(ApproximateFirstReceiveTimestamp)),
  };
  const sealed = messageAttributes[ingestAttributes.identity]?.stringValue;
  if (sealed === undefined) return own;
  const earlier = openIdentity(sealed, queueArn, await sealKey());
  const isRecent = earlier && messageTimeMs(earlier.sentTimeMs, sentTimeMs) === earlier.sentTimeMs;
  return isRecent ? earlier : own;
}

export function openIngestDeps(platform: Platform = aws, lookup?: QueueLookup): Deps {
  const { database, sender } = platform;
  const { INGEST_SOURCES, DELIVERY_QUEUE_URLS } = readEnv("INGEST_SOURCES", "DELIVERY_QUEUE_URLS");
  const sources = z.parse(z.array(IngestSource), JSON.parse(INGEST_SOURCES));
  // Queues of one account and region differ in the last part of their addresses only.
  const [url = ""] = DELIVERY_QUEUE_URLS;
  const folder = url.slice(0, url.lastIndexOf("/") + 1);
  const sealKey = openIngestSeal(database);
  return {
    ...openEntranceDeps(platform),
    quota: openIngestQuota(
      new Map(sources.map((source) => [keyIdOf(source), source.maxPerMinute])),
      database,
    ),
    tracing: readEnv("TRACING").TRACING,
    deadLetters: openIngestDeadLetters(folder, sealKey, sender, lookup),
    handBack: openHandBack(
      sources.map(({ queue }) => folder + queue),
      sender,
    ),
    sources,
    sealKey,
  };
}

export function ingestWorker(open: () => Deps) {
  return recordWorker({
    // Whatever is sent there is read where its source is known.
    read: (record) => ({ job: record }),
    deadLetter: async () => {},
    work: ingest,
    open,
  });
}

export const handler = ingestWorker(openIngestDeps);
