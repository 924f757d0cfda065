import * as z from "zod/mini";
import { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { shardOf } from "../../domain/hash.ts";
import { idTimeMs } from "../../domain/ids.ts";
import { payloadBytes, payloadFrom } from "../../domain/messages/payload.ts";
import { readEnv } from "../../runtime/env.ts";
import { type Key, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";

/** A message with its value. */
export interface Message {
  readonly facts: MessageMetadata;
  readonly payload: Payload;
}

export interface KeptMessage extends Message {
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface MessageStore {
  putAll(messages: readonly KeptMessage[]): Promise<void>;
  /** A message that has expired may still be found: DynamoDB deletes late. */
  find(cacheName: string, messageId: string): Promise<KeptMessage | undefined>;
  /** Those of the messages that are still stored, in no order. */
  findAll(cacheName: string, messageIds: readonly string[]): Promise<KeptMessage[]>;
  /** Takes so many numbers of the topic and returns the first; they count from 1 and never repeat. */
  nextNumbers(cacheName: string, topicName: string, howMany: number): Promise<number>;
}

/** Facts as a row holds them. */
export const KeptFacts = z.record(z.string(), z.unknown());
type KeptFacts = z.infer<typeof KeptFacts>;

const MessageRow = z.object({
  /** Rows of version 1 hold every fact, told by the key or not. */
  v: z.literal([1, 2]),
  sk: z.string(),
  facts: KeptFacts,
  kind: z.enum(["json", "text", "binary"]),
  encoding: z.enum(["plain", "gzip"]),
  value: z.instanceof(Uint8Array),
  expiresAt: z.int(),
});

/** Spreads one busy hour of a cache over partitions, each of which takes 1,000 write units a second. */
export const messageShards = 8;

/** Below this, a compressed value rarely saves a write unit of 1 KB. */
const smallestWorthCompressing = 1024;

export function openMessageStore(database: Database = dynamoDatabase): MessageStore {
  const tableName = readEnv("MESSAGES_TABLE").MESSAGES_TABLE;
  const table = database.open(tableName);

  return {
    putAll: (messages) => database.writeAll(tableName, messages.map(rowOf)),
    async find(cacheName, messageId) {
      const row = await table.get(messageKey(cacheName, messageId));
      return row && messageOf(row, cacheName);
    },
    async findAll(cacheName, messageIds) {
      const wanted = messageIds.map((messageId) => messageKey(cacheName, messageId));
      const { [tableName]: rows = [] } = await database.readAll({ [tableName]: wanted });
      return rows.map((row) => messageOf(row, cacheName));
    },
    async nextNumbers(cacheName, topicName, howMany) {
      const row = await table.update(keys.sequence(cacheName, topicName), {
        text: "ADD #count :howMany",
        names: { "#count": "count" },
        values: { ":howMany": howMany },
      });
      return z.parse(z.object({ count: z.int() }), row).count - howMany + 1;
    },
  };
}

/** Loaded with the first long value: most functions know this store and never see one. */
const zlib = () => process.getBuiltinModule("node:zlib");

/** Where a message is: its id tells when it was published. */
export function messageKey(cacheName: string, messageId: string): Key {
  return keys.message(cacheName, idTimeMs(messageId), shardOf(messageId, messageShards), messageId);
}

/** A row as a message, with its value. */
export function messageOf(row: Row, cacheName: string): KeptMessage {
  const { sk, facts, kind, encoding, value, expiresAt } = z.parse(MessageRow, row);
  const bytes = encoding === "gzip" ? zlib().gunzipSync(value) : Buffer.from(value);
  const payload = payloadFrom(kind, bytes);
  return { facts: factsFrom(facts, { cacheName, messageId: sk }), payload, expiresAt };
}

function rowOf({ facts, payload, expiresAt }: KeptMessage) {
  const key = messageKey(facts.cacheName, facts.messageId);
  const kept = { facts: keptFacts(facts), kind: payload.kind, ...packed(payload), expiresAt };
  return { ...key, v: 2, ...kept };
}

function packed(payload: Payload): { encoding: "plain" | "gzip"; value: Uint8Array } {
  const plain = payloadBytes(payload);
  if (plain.length < smallestWorthCompressing) return { encoding: "plain", value: plain };
  const zipped = zlib().gzipSync(plain);
  return zipped.length < plain.length
    ? { encoding: "gzip", value: zipped }
    : { encoding: "plain", value: plain };
}

/** Which row it is: its key says so, and need not be paid for twice. */
type Identity = Pick<MessageMetadata, "messageId" | "cacheName">;

const absent = { event: null, productId: null, sequenceNumber: null };

/**
 * What a row must hold of the facts; DynamoDB bills each begun kilobyte, and the names of nothing but nulls
 * are a good part of one.
 */
function keptFacts({ messageId, cacheName, ...others }: MessageMetadata): KeptFacts {
  return Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null));
}

/** All facts again. */
export function factsFrom(kept: KeptFacts, identity: Identity): MessageMetadata {
  return z.parse(MessageMetadata, { ...absent, ...identity, ...kept });
}
