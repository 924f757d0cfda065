import * as z from "zod/mini";
import {
  EventTypeFacts,
  type EventTypeName,
  type EventTypeRecord,
  StoredVersion,
} from "../../domain/event-types/event-type-record.ts";
import type { Schema } from "../../domain/event-types/schema-parts.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Expression, Row } from "../table/rows.ts";
import { conflict } from "../table/table.ts";
import { PackedJson, pack, unpack } from "./packed-json.ts";

/** The schema and examples of one version. */
export interface VersionContent {
  readonly schema: Schema | null;
  readonly examples: unknown[];
}

export interface FactsPage {
  readonly facts: EventTypeFacts[];
  /** The sort key to go on behind, or undefined at the end. */
  readonly last: string | undefined;
}

export interface EventTypeStore {
  find(name: EventTypeName): Promise<EventTypeRecord | undefined>;
  findVersion(name: EventTypeName, schemaVersion: number): Promise<VersionContent | undefined>;
  /** Those of these types that are there still, in the order given. */
  findMany(facts: readonly EventTypeFacts[]): Promise<EventTypeRecord[]>;
  /** Types by topic and event. */
  page(topicName: string | undefined, after: string | undefined, limit: number): Promise<FactsPage>;
  write(
    previous: EventTypeRecord | undefined,
    next: EventTypeRecord,
  ): Promise<"written" | typeof conflict>;
  remove(previous: EventTypeRecord): Promise<"written" | typeof conflict>;
}

const CurrentRow = z.extend(EventTypeFacts, {
  schema: PackedJson,
  versions: z.array(StoredVersion),
});
const VersionRow = z.object({ schema: PackedJson, examples: PackedJson });

/** Each has two rows. */
const maxTogether = 50;

/**
 * The catalogue. A type's rows change in one transaction or not at all: what publishes read, the version of the schema
 * with its examples, and the entry in the list of all.
 */
export function openEventTypeStore(database: Database = dynamoDatabase): EventTypeStore {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const table = database.open(tableName);

  const findVersion: EventTypeStore["findVersion"] = async ({ topicName, event }, version) => {
    const row = await table.get(keys.eventTypeVersion(topicName, event, version));
    return row && contentOf(row);
  };

  const readSome = async (some: readonly EventTypeFacts[]): Promise<EventTypeRecord[]> => {
    const wanted = some.flatMap(({ topicName, event, schemaVersion }) => [
      keys.eventType(topicName, event),
      keys.eventTypeVersion(topicName, event, schemaVersion),
    ]);
    const { [tableName]: rows = [] } = await database.readAll({ [tableName]: wanted });
    const rowAt = ({ pk, sk }: { pk: string; sk: string }) =>
      rows.find((row) => row.pk === pk && row.sk === sk);
    return some.flatMap(({ topicName, event, schemaVersion }) => {
      const current = rowAt(keys.eventType(topicName, event));
      const version = rowAt(keys.eventTypeVersion(topicName, event, schemaVersion));
      return current && version ? [recordOf(current, contentOf(version).examples)] : [];
    });
  };

  return {
    findVersion,
    async find({ topicName, event }) {
      const row = await table.get(keys.eventType(topicName, event));
      if (!row) return undefined;
      const { schemaVersion } = z.parse(CurrentRow, row);
      const version = await findVersion({ topicName, event }, schemaVersion);
      return recordOf(row, version?.examples ?? []);
    },
    async findMany(facts) {
      const found: EventTypeRecord[] = [];
      for (let start = 0; start < facts.length; start += maxTogether) {
        found.push(...(await readSome(facts.slice(start, start + maxTogether))));
      }
      return found;
    },
    async page(topicName, after, limit) {
      const place = topicName === undefined ? { pk: "event-types" } : keys.eventTypesOf(topicName);
      const { rows, last } = await table.query({ ...place, after, limit });
      return { facts: rows.map((row) => z.parse(EventTypeFacts, row)), last };
    },
    async write(previous, next) {
      const { facts, schema, examples, versions } = next;
      const { topicName, event, schemaVersion } = facts;
      const kept = new Set(versions.map((version) => version.schemaVersion));
      const gone = (previous?.versions ?? []).filter((one) => !kept.has(one.schemaVersion));
      const lost = await database.transact([
        table.putting(
          { ...keys.eventType(topicName, event), ...facts, versions, schema: pack(schema) },
          unchangedSince(previous),
        ),
        table.putting({ ...keys.eventTypeEntry(topicName, event), ...facts }),
        table.putting({
          ...keys.eventTypeVersion(topicName, event, schemaVersion),
          v: 1,
          schema: pack(schema),
          examples: pack(examples),
        }),
        ...gone.map((one) =>
          table.deleting(keys.eventTypeVersion(topicName, event, one.schemaVersion)),
        ),
      ]);
      return lost ? conflict : "written";
    },
    async remove(previous) {
      const { topicName, event } = previous.facts;
      const versions = new Set([
        ...previous.versions.map((one) => one.schemaVersion),
        0, // examples that came before any schema
      ]);
      const lost = await database.transact([
        table.deleting(keys.eventType(topicName, event), unchangedSince(previous)),
        table.deleting(keys.eventTypeEntry(topicName, event)),
        ...[...versions].map((version) =>
          table.deleting(keys.eventTypeVersion(topicName, event, version)),
        ),
      ]);
      return lost ? conflict : "written";
    },
  };
}

function contentOf(row: Row): VersionContent {
  const { schema, examples } = z.parse(VersionRow, row);
  // What was put was checked to be a schema, and a list of at most ten.
  return { schema: unpack(schema) as Schema | null, examples: unpack(examples) as unknown[] };
}

function recordOf(row: Row, examples: unknown[]): EventTypeRecord {
  const { schema, versions, ...facts } = z.parse(CurrentRow, row);
  return { facts, versions, examples, schema: unpack(schema) as Schema | null };
}

/** The time of creation as well: a type that was deleted and put again counts from 1 anew. */
function unchangedSince(previous: EventTypeRecord | undefined): Expression {
  if (!previous) return { text: "attribute_not_exists(pk)" };
  const { revision, createdTimeMs } = previous.facts;
  return {
    text: "revision = :revision AND createdTimeMs = :created",
    values: { ":revision": revision, ":created": createdTimeMs },
  };
}
