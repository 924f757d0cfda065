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
export class MessageStore {
  readonly #journal: Journal;
  readonly #statements;

  constructor(database: DatabaseSync, journal: Journal) {
    this.#journal = journal;
    this.#statements = {
      insert: database.prepare("INSERT INTO message VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      place: database.prepare(
        "UPDATE message SET visible_ms = ?, receive_count = ?, first_received_ms = ? WHERE id = ?",
      ),
      toQueue: database.prepare(
        "UPDATE message SET queue = ?, source_arn = ?, visible_ms = 0 WHERE id = ?",
      ),
      delete: database.prepare("DELETE FROM message WHERE id = ?"),
      release: database.prepare("UPDATE message SET visible_ms = 0 WHERE receive_count > 0"),
      content: database.prepare(
        "SELECT body, message_attributes, sender_id, trace_header, source_arn FROM message WHERE id = ?",
      ),
      places: database.prepare(
        "SELECT id, queue, message_id, group_id, sent_ms, visible_ms, receive_count, first_received_ms " +
          "FROM message ORDER BY id",
      ),
    };
  }

  insert(queueName: string, entry: Entry, content: Content): void {
    this.#journal.write(
      this.#statements.insert,
      entry.id,
      queueName,
      entry.messageId,
      entry.groupId ?? null,
      content.senderId,
      content.sourceArn ?? null,
      content.traceHeader ?? null,
      entry.sentMs,
      entry.visibleMs,
      entry.receiveCount,
      entry.firstReceivedMs ?? null,
      content.messageAttributes ?? null,
      content.body,
    );
  }

  place({ id, visibleMs, receiveCount, firstReceivedMs }: Entry): void {
    const { place } = this.#statements;
    this.#journal.write(place, visibleMs, receiveCount, firstReceivedMs ?? null, id);
  }

  moveToQueue({ id }: Entry, queueName: string, sourceArn: string): void {
    this.#journal.write(this.#statements.toQueue, queueName, sourceArn, id);
  }

  delete({ id }: Entry): void {
    this.#journal.write(this.#statements.delete, id);
  }

  /** Undefined when the message was deleted in the meantime. */
  content({ id }: Entry): Content | undefined {
    const row = this.#statements.content.get(id);
    if (!row) return undefined;
    return {
      body: String(row.body),
      messageAttributes: text(row.message_attributes),
      senderId: String(row.sender_id),
      traceHeader: text(row.trace_header),
      sourceArn: text(row.source_arn),
    };
  }

  /** Makes every message in flight ready again; its receive count stays. */
  releaseInFlight(): void {
    this.#journal.write(this.#statements.release);
  }

  /** Every message's place, in order of arrival. */
  *places(nowMs: number): Generator<{ queueName: string; entry: Entry }> {
    for (const row of this.#statements.places.iterate()) {
      const receiveCount = Number(row.receive_count);
      const sentMs = Number(row.sent_ms);
      const untilMs = Number(row.visible_ms);
      // No delay begins later than now: the clock was set back since the message was sent.
      const latestMs = receiveCount > 0 ? untilMs : nowMs + untilMs - sentMs;
      const visibleMs = Math.min(untilMs, latestMs);
      const waiting = receiveCount > 0 ? "inFlight" : "delayed";
      const entry: Entry = {
        id: Number(row.id),
        messageId: String(row.message_id),
        groupId: text(row.group_id),
        state: visibleMs > nowMs ? waiting : "ready",
        sentMs,
        visibleMs,
        receiveCount,
        firstReceivedMs: row.first_received_ms === null ? undefined : Number(row.first_received_ms),
      };
      yield { queueName: String(row.queue), entry };
    }
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
