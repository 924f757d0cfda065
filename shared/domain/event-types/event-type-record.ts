import * as z from "zod/mini";
import {
  type EventType,
  EventTypeStatus,
  type EventTypeSummary,
  type PutEventTypeBody,
  Validate,
} from "../../contract/event-type.ts";
import { type EventCode, StoredEvent } from "../../contract/values/event.ts";
import { isoTime } from "../../contract/values/time.ts";
import { AppError } from "../app-error.ts";
import { ourTopicProblems } from "../messages/message-draft.ts";
import { canonical, type Schema } from "./schema-parts.ts";

/** The name of an event type: no cache has a part in it. */
export interface EventTypeName {
  readonly topicName: string;
  readonly event: EventCode;
}

/** What is stored of a type in every place. */
export const EventTypeFacts = z.object({
  v: z.literal(1),
  status: EventTypeStatus,
  validate: Validate,
  topicName: z.string(),
  event: StoredEvent,
  description: z.nullable(z.string()),
  group: z.nullable(z.string()),
  audience: z.array(z.string()),
  schemaVersion: z.int(),
  createdTimeMs: z.int(),
  lastModifiedTimeMs: z.int(),
  /** Counts its changes; every write is conditional on it. */
  revision: z.int(),
});
export type EventTypeFacts = z.infer<typeof EventTypeFacts>;

export const StoredVersion = z.object({ schemaVersion: z.int(), createdTimeMs: z.int() });

/** An event type with all that belongs to it. */
export interface EventTypeRecord {
  readonly facts: EventTypeFacts;
  readonly schema: Schema | null;
  readonly examples: readonly unknown[];
  /** The versions that are kept, oldest first. */
  readonly versions: readonly z.infer<typeof StoredVersion>[];
}

/** With their examples a hundred of them would still fit into a transaction. */
const maxVersions = 20;

/** The type as it is after a put; the same object where the put changes nothing. */
export function changeEventType(
  previous: EventTypeRecord | undefined,
  name: EventTypeName,
  body: PutEventTypeBody,
  nowMs: number,
): EventTypeRecord {
  const before = previous ?? emptyRecord(name, nowMs);
  const schema = body.schema === undefined ? before.schema : (body.schema as Schema | null); // it was checked
  const examples = body.examples ?? before.examples;
  const { description, group, status, validate, audience } = { ...before.facts, ...given(body) };
  const changed = { description, group, status, validate, audience };
  const isOther = canonical(schema) !== canonical(before.schema);
  const isSame =
    !isOther &&
    canonical(examples) === canonical(before.examples) &&
    canonical(changed) === canonical({ ...changed, ...pickFacts(before.facts) });
  if (previous && isSame) return previous;
  const schemaVersion = before.facts.schemaVersion + (isOther ? 1 : 0);
  const versions = isOther
    ? [...before.versions, { schemaVersion, createdTimeMs: nowMs }].slice(-maxVersions)
    : before.versions;
  const facts = {
    ...before.facts,
    ...changed,
    schemaVersion,
    lastModifiedTimeMs: Math.max(nowMs, before.facts.lastModifiedTimeMs),
    revision: before.facts.revision + 1,
  };
  return { facts, schema, examples, versions };
}

/** The fields that differ between two states of a type, as an import tells them. */
export function changedFields(
  previous: EventTypeRecord | undefined,
  next: EventTypeRecord,
): string[] {
  const before = previous ?? emptyRecord(next.facts, 0);
  const shown = ({ facts, schema, examples }: EventTypeRecord) =>
    Object.entries({ ...pickFacts(facts), schema, examples });
  const old = new Map(shown(before));
  return shown(next).flatMap(([field, value]) =>
    canonical(old.get(field)) === canonical(value) ? [] : [field],
  );
}

function emptyRecord({ topicName, event }: EventTypeName, nowMs: number): EventTypeRecord {
  return {
    facts: {
      v: 1,
      topicName,
      event,
      description: null,
      group: null,
      status: "active",
      validate: "off",
      audience: [],
      schemaVersion: 0,
      createdTimeMs: nowMs,
      lastModifiedTimeMs: nowMs,
      revision: 0,
    },
    schema: null,
    examples: [],
    versions: [],
  };
}

function pickFacts({ description, group, status, validate, audience }: EventTypeFacts) {
  return { description, group, status, validate, audience };
}

/** What was sent, without what was not. */
function given({ description, group, status, validate, audience }: PutEventTypeBody) {
  const fields = { description, group, status, validate, audience };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<Pick<EventTypeFacts, keyof typeof fields>>; // those of the body, each of its own type
}

export function presentSummary(facts: EventTypeFacts): EventTypeSummary {
  const { v, revision, createdTimeMs, lastModifiedTimeMs, ...shown } = facts;
  return {
    ...shown,
    createdTime: isoTime(createdTimeMs),
    lastModifiedTime: isoTime(lastModifiedTimeMs),
  };
}

export function presentEventType({
  facts,
  schema,
  examples,
  versions,
}: EventTypeRecord): EventType {
  return {
    ...presentSummary(facts),
    schema,
    examples: [...examples],
    versions: versions.toReversed().map(({ schemaVersion, createdTimeMs }) => ({
      schemaVersion,
      createdTime: isoTime(createdTimeMs),
    })),
  };
}

/** Who is shown a type: everybody, unless it names an audience. */
export interface EventTypeFilter {
  readonly topicName?: string | undefined;
  readonly status?: readonly EventTypeStatus[] | undefined;
  /** Undefined: whoever asks is shown all of them. Null: belongs to none. */
  readonly audience?: string | null | undefined;
}

export function isShown(facts: EventTypeFacts, filter: EventTypeFilter): boolean {
  const { topicName = facts.topicName, status = ["active", "deprecated"], audience } = filter;
  return (
    facts.topicName === topicName &&
    status.includes(facts.status) &&
    (audience === undefined ||
      facts.audience.length === 0 ||
      facts.audience.some((tag) => tag === audience))
  );
}

export function noSuchEventType({ topicName, event }: EventTypeName): AppError {
  return new AppError("NOT_FOUND_ERROR", `no event type ${event} of the topic ${topicName}`);
}

/** The service's own topics have events that nobody else describes. */
export function ownTopicProblems(topicName: unknown) {
  if (ourTopicProblems(topicName).length === 0) return [];
  return [{ path: "topicName", message: "must not begin with $: the service has those events" }];
}
