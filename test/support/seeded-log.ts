import { randomBytes } from "node:crypto";
import {
  type DeliveryRecord,
  deliveryRecord,
} from "../../shared/domain/attempts/delivery-record.ts";
import { expiryOf } from "../../shared/domain/attempts/retry-schedule.ts";
import { mintId } from "../../shared/domain/ids.ts";
import { deliveryKey, undeliveredKey } from "../../shared/store/keys.ts";
import { type KeptMessage, openMessageStore } from "../../shared/store/messages/message-store.ts";
import { writeAll } from "../../shared/store/table/database.ts";
import { inParallel } from "./in-parallel.ts";
import { messageFacts } from "./message-facts.ts";

interface Seeding {
  cacheName: string;
  webhookId: string;
  count: number;
  publishedTimeMs: number;
  /** How often the messages were forwarded before they were published. */
  hops?: number;
}

const batchSize = 500;

/** Ids of that time, in their order. */
export function mintMessageIds(count: number, publishedTimeMs: number): string[] {
  return Array.from({ length: count }, () =>
    mintId("msg", publishedTimeMs, randomBytes(10)),
  ).sort();
}

/** Keeps so many messages of topic `t`, published at that time, and answers their ids, oldest first. */
export async function seedMessages(seeding: Omit<Seeding, "webhookId">): Promise<string[]> {
  const messageIds = mintMessageIds(seeding.count, seeding.publishedTimeMs);
  const messages = messageIds.map((messageId) => messageOf(messageId, seeding));
  await inBatches(messages, (batch) => openMessageStore().putAll(batch));
  return messageIds;
}

/** The same, and a delivery of each that has failed. */
export async function seedFailures(seeding: Seeding): Promise<string[]> {
  const messageIds = await seedMessages(seeding);
  await seedHeads(messageIds, seeding, "failed");
  return messageIds;
}

/** Writes head rows as the service would have after the first attempt. */
export async function seedHeads(
  messageIds: readonly string[],
  seeding: Seeding,
  status: "failed" | "delivered",
): Promise<void> {
  const { webhookId, publishedTimeMs } = seeding;
  const step = status === "failed" ? { kind: status, error: "schedule end" } : { kind: status };
  const rows = messageIds.map((messageId) => {
    const { facts: message } = messageOf(messageId, seeding);
    const job = { v: 1, webhookId, webhookName: "w", generation: 1, attempt: 1, message } as const;
    return rowOf(deliveryRecord(job, attemptAt(publishedTimeMs), step, 30));
  });
  const table = process.env.DELIVERIES_TABLE ?? "";
  await inBatches(rows, (batch) => writeAll(table, batch));
}

function rowOf(record: DeliveryRecord) {
  const { webhookId, messageId, status } = record;
  const undelivered = status === "failed" && { undelivered: undeliveredKey(webhookId, status) };
  return { ...deliveryKey(webhookId, messageId), ...record, ...undelivered };
}

function attemptAt(timeMs: number) {
  return { attempt: 1, timeMs, statusCode: 500, latencyMs: 9, error: "HTTP 500", responseBody: "" };
}

function messageOf(
  messageId: string,
  { cacheName, publishedTimeMs, hops }: Omit<Seeding, "webhookId" | "count">,
): KeptMessage {
  const facts = messageFacts({ messageId, cacheName, publishedTimeMs });
  return {
    facts: hops === undefined ? facts : { ...facts, hops },
    payload: { kind: "json", text: "{}" },
    expiresAt: expiryOf(publishedTimeMs, 30),
  };
}

async function inBatches<Row>(
  rows: readonly Row[],
  write: (batch: Row[]) => Promise<void>,
): Promise<void> {
  await inParallel(Math.ceil(rows.length / batchSize), 8, (n) =>
    write(rows.slice(n * batchSize, (n + 1) * batchSize)),
  );
}
