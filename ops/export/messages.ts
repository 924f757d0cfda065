import * as z from "zod/mini";
import { keys } from "../../shared/store/keys.ts";
import { messageShards } from "../../shared/store/messages/message-store.ts";
import { partition, type StoredRow, single } from "./row.ts";

const KeptFacts = z.object({ topicName: z.string() });
const hourMs = 3_600_000;
const partitionsAtOnce = 32;

/** Every message of a cache from that time on, with each topic's counter before its first message. */
export async function* messageRows(
  cacheName: string,
  sinceMs: number,
  untilMs: number,
  /** Topics whose former webhooks have been found already. */
  known: ReadonlySet<string>,
): AsyncGenerator<StoredRow> {
  const topics = new Set<string>();
  for await (const found of inPartitions(partitionsOf(cacheName, sinceMs, untilMs))) {
    const { topicName } = z.parse(KeptFacts, found.row.facts);
    if (!topics.has(topicName)) {
      yield* single("sequence", "MESSAGES_TABLE", keys.sequence(cacheName, topicName));
      if (!known.has(topicName)) yield* formerRows(cacheName, topicName);
    }
    topics.add(topicName);
    yield found;
  }
}

/** Which webhooks the topic has had. */
export function formerRows(cacheName: string, topicName: string): AsyncGenerator<StoredRow> {
  const { pk } = keys.former(cacheName, topicName, "");
  return partition("former webhook", "WEBHOOKS_TABLE", pk);
}

function partitionsOf(cacheName: string, sinceMs: number, untilMs: number): string[] {
  const hours = Math.floor(untilMs / hourMs) - Math.floor(sinceMs / hourMs) + 1;
  return Array.from({ length: hours * messageShards }, (_, n) => {
    const timeMs = untilMs - Math.floor(n / messageShards) * hourMs;
    return keys.message(cacheName, timeMs, n % messageShards, "").pk;
  });
}

/** Most of them are empty: asked one after the other, a year of them would take an hour. */
async function* inPartitions(pks: readonly string[]): AsyncGenerator<StoredRow> {
  for (let start = 0; start < pks.length; start += partitionsAtOnce) {
    const opened = pks
      .slice(start, start + partitionsAtOnce)
      .map((pk) => partition("message", "MESSAGES_TABLE", pk));
    // Only the first row of each is asked for at once: a busy hour may hold more than fits in memory.
    const firsts = await Promise.all(opened.map((rows) => rows.next()));
    for (const [index, rows] of opened.entries()) {
      const first = firsts[index];
      if (!first || first.done) continue;
      yield first.value;
      yield* rows;
    }
  }
}
