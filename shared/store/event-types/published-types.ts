import * as z from "zod/mini";
import type { EventCode } from "../../contract/values/event.ts";
import { type OpenSchema, openSchema, type Schema } from "../../domain/event-types/schema-parts.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";
import { PackedJson, unpack } from "./packed-json.ts";

/** An event's type as a publish sees it. */
export interface PublishedType {
  /** Absent where nothing is checked. */
  readonly check: { readonly mode: "warn" | "enforce"; readonly schema: OpenSchema } | undefined;
}

export interface PublishedTypes {
  /**
   * The types of these events of a topic, as they were at most a minute ago; without those that have none, or an
   * archived one.
   */
  find(
    topicName: string,
    events: readonly EventCode[],
  ): Promise<ReadonlyMap<EventCode, PublishedType>>;
}

/** Of the row only what a publish needs: schemas of more would be loaded with every publish. */
const PublishedRow = z.object({
  v: z.literal(1),
  status: z.enum(["active", "deprecated", "archived"]),
  validate: z.enum(["off", "warn", "enforce"]),
  schema: PackedJson,
});

const freshMs = 60_000;
/** Of whichever events, those that have no type among them: anybody who publishes may make up events. */
const maxRemembered = 1_000;
/** Schemas of so many characters in all; opened, they take several times that. */
const maxCharacters = 4_000_000;

interface Known {
  readonly type: Promise<PublishedType | undefined>;
  readonly readMs: number;
  characters: number;
}

/** Read where they are not known, in one call for a batch; an environment remembers them for a minute. */
export function openPublishedTypes(
  database: Database = dynamoDatabase,
  now: () => number = Date.now,
): PublishedTypes {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const table = database.open(tableName);
  const known = new Map<string, Known>();
  let characters = 0;

  const forget = (pk: string) => {
    characters -= known.get(pk)?.characters ?? 0;
    known.delete(pk);
  };

  const remember = (pk: string, reading: Promise<Row | undefined>): Known["type"] => {
    forget(pk);
    const opened = reading.then((row) => (row ? publishedTypeOf(row) : nothing));
    const entry: Known = {
      type: opened.then(({ type }) => type),
      readMs: now(),
      characters: 0,
    };
    known.set(pk, entry);
    opened.then(
      ({ size }) => {
        if (known.get(pk) !== entry) return;
        entry.characters = size;
        characters += size;
        trim();
      },
      () => {
        if (known.get(pk) === entry) forget(pk);
      },
    );
    trim();
    return entry.type;
  };

  /** The oldest go first. */
  const trim = () => {
    for (const pk of known.keys()) {
      if (known.size <= maxRemembered && characters <= maxCharacters) return;
      forget(pk);
    }
  };

  const isFresh = (entry: Known | undefined): entry is Known => {
    const ageMs = entry ? now() - entry.readMs : -1;
    return ageMs >= 0 && ageMs < freshMs;
  };

  /** One read for all that are asked for at once. */
  const readRows = (pks: readonly string[]): ((pk: string) => Promise<Row | undefined>) => {
    const [only, ...others] = pks;
    if (only !== undefined && others.length === 0) {
      const row = table.get({ pk: only, sk: "current" });
      return () => row;
    }
    const rows = database.readAll({ [tableName]: pks.map((pk) => ({ pk, sk: "current" })) });
    return async (pk) => (await rows)[tableName]?.find((row) => row.pk === pk);
  };

  return {
    async find(topicName, events) {
      const wanted = new Map(events.map((event) => [keys.eventType(topicName, event).pk, event]));
      const unknown = new Set([...wanted.keys()].filter((pk) => !isFresh(known.get(pk))));
      const rowOf = readRows([...unknown]);
      const types = [...wanted].map(([pk, event]) => {
        const type = unknown.has(pk) ? remember(pk, rowOf(pk)) : known.get(pk)?.type;
        return [event, type] as const;
      });
      const found = await Promise.all(
        types.map(async ([event, type]) => [event, await type] as const),
      );
      return new Map(found.flatMap(([event, type]) => (type ? [[event, type] as const] : [])));
    },
  };
}

interface Opened {
  readonly type: PublishedType | undefined;
  /** Of its schema, in characters. */
  readonly size: number;
}

const nothing: Opened = { type: undefined, size: 0 };

function publishedTypeOf(row: Row): Opened {
  const { status, validate, schema: packed } = z.parse(PublishedRow, row);
  if (status === "archived") return nothing;
  const schema = validate === "off" ? null : (unpack(packed) as Schema | null); // it was checked when it was put
  if (validate === "off" || schema === null) return { type: { check: undefined }, size: 0 };
  const check = { mode: validate, schema: openSchema(schema) };
  return { type: { check }, size: JSON.stringify(schema).length };
}
