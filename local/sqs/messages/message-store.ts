import type { DatabaseSync } from "node:sqlite";
import type { Entry } from "../actions/entry.ts";
import type { Journal } from "../journal.ts";

/** What a message carries besides its place. */
export interface Content {
  body: string;
  /** The message attributes as JSON. */
  messageAttributes: string | undefined;
  senderId: string;
  traceHeader: string | undefined;
  /** The queue that gave the message up, when this one is its dead-letter queue. */
  sourceArn: string | undefined;
}

/** Messages on disk. */
export interface MessageStore {
  insert(queueName: string, entry: Entry, content: Content): void;
  place(entry: Entry): void;
  moveToQueue(entry: Entry, queueName: string, sourceArn: string): void;
  delete(entry: Entry): void;
  /** Undefined when the message was deleted in the meantime. */
  content(entry: Entry): Content | undefined;
  /** Makes every message in flight ready again; its receive count stays. */
  releaseInFlight(): void;
  /** Every message's place, in order of arrival. */
  places(nowMs: number): Generator<{ queueName: string; entry: Entry }>;
}

export function createMessageStore(database: DatabaseSync, journal: Journal): MessageStore {
  const insert = database.prepare("INSERT INTO message VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
  const place = database.prepare(
    "UPDATE message SET visible_ms = ?, receive_count = ?, first_received_ms = ? WHERE id = ?",
  );
  const toQueue = database.prepare(
    "UPDATE message SET queue = ?, source_arn = ?, visible_ms = 0 WHERE id = ?",
  );
  const remove = database.prepare("DELETE FROM message WHERE id = ?");
  const release = database.prepare("UPDATE message SET visible_ms = 0 WHERE receive_count > 0");
  const content = database.prepare(
    "SELECT body, message_attributes, sender_id, trace_header, source_arn FROM message WHERE id = ?",
  );
  const places = database.prepare(
    "SELECT id, queue, message_id, group_id, sent_ms, visible_ms, receive_count, first_received_ms " +
      "FROM message ORDER BY id",
  );

  return {
    insert(queueName, entry, { body, messageAttributes, senderId, traceHeader, sourceArn }) {
      journal.write(
        insert,
        entry.id,
        queueName,
        entry.messageId,
        entry.groupId ?? null,
        senderId,
        sourceArn ?? null,
        traceHeader ?? null,
        entry.sentMs,
        entry.visibleMs,
        entry.receiveCount,
        entry.firstReceivedMs ?? null,
        messageAttributes ?? null,
        body,
      );
    },
    place({ id, visibleMs, receiveCount, firstReceivedMs }) {
      journal.write(place, visibleMs, receiveCount, firstReceivedMs ?? null, id);
    },
    moveToQueue({ id }, queueName, sourceArn) {
      journal.write(toQueue, queueName, sourceArn, id);
    },
    delete({ id }) {
      journal.write(remove, id);
    },
    content({ id }) {
      const row = content.get(id);
      if (!row) return undefined;
      return {
        body: String(row.body),
        messageAttributes: text(row.message_attributes),
        senderId: String(row.sender_id),
        traceHeader: text(row.trace_header),
        sourceArn: text(row.source_arn),
      };
    },
    releaseInFlight() {
      journal.write(release);
    },
    *places(nowMs) {
      for (const row of places.iterate()) {
        yield { queueName: String(row.queue), entry: entryOf(row, nowMs) };
      }
    },
  };
}

function entryOf(row: Record<string, unknown>, nowMs: number): Entry {
  const receiveCount = Number(row.receive_count);
  const sentMs = Number(row.sent_ms);
  const untilMs = Number(row.visible_ms);
  // No delay begins later than now: the clock was set back since the message was sent.
  const latestMs = receiveCount > 0 ? untilMs : nowMs + untilMs - sentMs;
  const visibleMs = Math.min(untilMs, latestMs);
  const waiting = receiveCount > 0 ? "inFlight" : "delayed";
  return {
    id: Number(row.id),
    messageId: String(row.message_id),
    groupId: text(row.group_id),
    state: visibleMs > nowMs ? waiting : "ready",
    sentMs,
    visibleMs,
    receiveCount,
    firstReceivedMs: row.first_received_ms === null ? undefined : Number(row.first_received_ms),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
