import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod/mini";
import { MessageFacts } from "../contract/delivery.ts";
import type { Payload } from "../contract/message.ts";
import { shardOf } from "../domain/hash.ts";
import { idTimeMs } from "../domain/ids.ts";
import { payloadBytes, payloadFrom } from "../domain/payload.ts";
import { readEnv } from "../runtime/env.ts";
import { keys } from "./keys.ts";
import { openTable } from "./table.ts";

/** A message with its value. */
export interface Message {
  readonly facts: MessageFacts;
  readonly payload: Payload;
}

export interface MessageStore {
  put(message: Message, expiresAt: number): Promise<void>;
  find(cacheName: string, messageId: string): Promise<Message | undefined>;
  /** The topic's next number; counts from 1 and may skip, never repeats. */
  nextNumber(cacheName: string, topicName: string): Promise<number>;
}

const MessageRow = z.object({
  v: z.literal(1),
  facts: MessageFacts,
  kind: z.enum(["json", "text", "binary"]),
  encoding: z.enum(["plain", "gzip"]),
  value: z.instanceof(Uint8Array),
  expiresAt: z.int(),
});

/** Spreads one busy hour of a cache over partitions, each of which takes 1,000 write units a second. */
const shards = 8;

/** Below this, a compressed value rarely saves a write unit of 1 KB. */
const smallestWorthCompressing = 1024;

export function openMessageStore(): MessageStore {
  const table = openTable(readEnv("MESSAGES_TABLE").MESSAGES_TABLE);
  const keyOf = (cacheName: string, messageId: string) =>
    keys.message(cacheName, idTimeMs(messageId), shardOf(messageId, shards), messageId);

  return {
    async put({ facts, payload }, expiresAt) {
      const key = keyOf(facts.cacheName, facts.messageId);
      await table.put({ ...key, v: 1, facts, kind: payload.kind, ...packed(payload), expiresAt });
    },
    async find(cacheName, messageId) {
      const row = await table.get(keyOf(cacheName, messageId));
      if (!row) return undefined;
      const { facts, kind, encoding, value } = z.parse(MessageRow, row);
      const bytes = encoding === "gzip" ? gunzipSync(value) : Buffer.from(value);
      return { facts, payload: payloadFrom(kind, bytes) };
    },
    async nextNumber(cacheName, topicName) {
      const next = { text: "ADD #count :one", names: { "#count": "count" }, values: { ":one": 1 } };
      const row = await table.update(keys.sequence(cacheName, topicName), next);
      return z.parse(z.object({ count: z.int() }), row).count;
    },
  };
}

function packed(payload: Payload): { encoding: "plain" | "gzip"; value: Uint8Array } {
  const plain = payloadBytes(payload);
  if (plain.length < smallestWorthCompressing) return { encoding: "plain", value: plain };
  const zipped = gzipSync(plain, { level: 1 });
  return zipped.length < plain.length
    ? { encoding: "gzip", value: zipped }
    : { encoding: "plain", value: plain };
}
