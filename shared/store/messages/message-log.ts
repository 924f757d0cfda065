import * as z from "zod/mini";
import type { MessageMetadata } from "../../contract/jobs.ts";
import {
  type IdSpan,
  type IdWindow,
  idBehind,
  idSpan,
  idTimeMs,
  windowFrom,
} from "../../domain/ids/ids.ts";
import { readEnv } from "../../runtime/env.ts";
import { hourMs, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";
import { factsFrom, KeptFacts, messageShards } from "./message-store.ts";

export interface MessageLogPage {
  /** Oldest first. */
  readonly messages: MessageMetadata[];
  /** What is left of the window. */
  readonly rest: IdWindow;
}

export interface MessageLog {
  /** The first kept messages of a cache in the window: some or all of those of its first hour. */
  oldest(cacheName: string, window: IdSpan): Promise<MessageLogPage>;
}

/** Of each shard; whole rows are read and paid for, with their values. */
const pageSize = 50;

const MessageRow = z.object({ sk: z.string(), facts: KeptFacts });

export function openMessageLog(database: Database = dynamoDatabase): MessageLog {
  const table = database.open(readEnv("MESSAGES_TABLE").MESSAGES_TABLE);

  return {
    async oldest(cacheName, window) {
      const [from] = window;
      const hourStartMs = Math.floor(idTimeMs(from) / hourMs) * hourMs;
      const nextHour = idSpan("msg", hourStartMs + hourMs, hourStartMs + hourMs)[0];
      const pages = await Promise.all(
        Array.from({ length: messageShards }, (_, shard) => {
          const { pk } = keys.message(cacheName, hourStartMs, shard, "");
          return table.query({ pk, oldestOf: window, limit: pageSize });
        }),
      );
      // Behind the end of the shortest page, others may hold what is older than what they showed.
      const ends = pages.flatMap(({ last }) => last ?? []).sort();
      const next = ends[0] === undefined ? nextHour : idBehind(ends[0]);
      const all = pages.flatMap(({ rows }) => rows.map((row) => factsOf(row, cacheName)));
      const messages = all.filter(({ messageId }) => messageId < next);
      return {
        messages: messages.sort((a, b) => (a.messageId < b.messageId ? -1 : 1)),
        rest: windowFrom(next, window),
      };
    },
  };
}

function factsOf(row: Row, cacheName: string): MessageMetadata {
  const { sk, facts } = z.parse(MessageRow, row);
  return factsFrom(facts, { cacheName, messageId: sk });
}
