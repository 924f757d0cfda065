import * as z from "zod/mini";
import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import {
  type IdSpan,
  type IdWindow,
  idBefore,
  idBehind,
  idSpan,
  idTimeMs,
  windowFrom,
} from "../../domain/ids.ts";
import { readEnv } from "../../runtime/env.ts";
import { hourMs, keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";
import { factsFrom, KeptFacts, messageOf, messageShards } from "./message-store.ts";

/** A message whose value is read when it is asked for. */
export interface LoggedMessage {
  readonly facts: MessageMetadata;
  readonly payload: () => Payload;
}

export interface MessageLogPage {
  /** Oldest first. */
  readonly messages: LoggedMessage[];
  /** What is left of the window. */
  readonly rest: IdWindow;
}

/** A message as a list tells of it: its value is not even read. */
export interface ListedMessage {
  readonly facts: MessageMetadata;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface ListedPage {
  /** Newest first. */
  readonly messages: ListedMessage[];
  /** What is left of the window. */
  readonly rest: IdWindow;
}

export interface MessageLog {
  /** The first kept messages of a cache in the window: some or all of those of its first hour. */
  oldest(cacheName: string, window: IdSpan): Promise<MessageLogPage>;
  /** The last kept messages of a cache in the window: those of its last hour, or the newest of them where they are many. */
  newest(cacheName: string, window: IdSpan, limit: number): Promise<ListedPage>;
}

/** Of each shard; whole rows are read and paid for, with their values. */
const pageSize = 50;

/** A value is read and paid for, but does not travel. */
const listed = ["sk", "facts", "expiresAt"];
const ListedRow = z.object({ sk: z.string(), facts: KeptFacts, expiresAt: z.int() });

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
      const all = pages.flatMap(({ rows }) => rows.map((row) => loggedMessage(row, cacheName)));
      const messages = all.filter(({ facts }) => facts.messageId < next);
      return {
        messages: messages.sort((a, b) => (a.facts.messageId < b.facts.messageId ? -1 : 1)),
        rest: windowFrom(next, window),
      };
    },
    async newest(cacheName, window, limit) {
      const [from, to] = window;
      const hourStartMs = Math.floor(idTimeMs(to) / hourMs) * hourMs;
      const [hourStart] = idSpan("msg", hourStartMs, hourStartMs);
      const pages = await Promise.all(
        Array.from({ length: messageShards }, (_, shard) => {
          const { pk } = keys.message(cacheName, hourStartMs, shard, "");
          const size = Math.min(pageSize, Math.ceil((2 * limit) / messageShards) + 1);
          return table.query({ pk, newestOf: window, limit: size, attributes: listed });
        }),
      );
      // Before the end of the shortest page, others may hold what is newer than what they showed.
      const ends = pages.flatMap(({ last }) => last ?? []).sort();
      const first = ends.at(-1) ?? hourStart;
      const all = pages.flatMap(({ rows }) => rows.map((row) => z.parse(ListedRow, row)));
      const messages = all
        .filter(({ sk }) => sk >= first)
        .sort((a, b) => (a.sk > b.sk ? -1 : 1))
        .map(({ sk, facts, expiresAt }) => ({
          facts: factsFrom(facts, { cacheName, messageId: sk }),
          expiresAt,
        }));
      const last = idBefore(first);
      return { messages, rest: from <= last ? [from, last] : null };
    },
  };
}

function loggedMessage(row: Row, cacheName: string): LoggedMessage {
  const { sk, facts } = z.parse(MessageRow, row);
  return {
    facts: factsFrom(facts, { cacheName, messageId: sk }),
    payload: () => messageOf(row, cacheName).payload,
  };
}
