import type { Breaking, PutEventTypeBody } from "../../contract/event-type.ts";
import { AppError } from "../../domain/app-error.ts";
import { breakingChanges } from "../../domain/event-types/breaking-changes.ts";
import {
  changeEventType,
  type EventTypeName,
  type EventTypeRecord,
} from "../../domain/event-types/event-type-record.ts";
import { exampleProblems } from "../../domain/event-types/example-problems.ts";
import { conflict, retryOnConflict } from "../table/table.ts";
import type { EventTypeStore } from "./event-type-store.ts";

export interface PutDeps {
  readonly eventTypes: Pick<EventTypeStore, "find" | "write">;
  readonly now: () => number;
}

export interface PutResult {
  readonly previous: EventTypeRecord | undefined;
  readonly next: EventTypeRecord;
  readonly breaking: Breaking[];
}

/** Stores the type with its changes, unless there are none. Throws where its schema refuses its examples. */
export function putType(
  name: EventTypeName,
  body: PutEventTypeBody,
  deps: PutDeps,
): Promise<PutResult> {
  return retryOnConflict(async () => {
    const result = await planPut(name, body, deps);
    const { previous, next } = result;
    if (next === previous) return result;
    return (await deps.eventTypes.write(previous, next)) === conflict ? conflict : result;
  });
}

/** What a put would do. */
export async function planPut(
  name: EventTypeName,
  body: PutEventTypeBody,
  { eventTypes, now }: Pick<PutDeps, "now"> & { eventTypes: Pick<EventTypeStore, "find"> },
): Promise<PutResult> {
  const previous = await eventTypes.find(name);
  const next = changeEventType(previous, name, body, now());
  if (next !== previous) assertGoodExamples(next);
  const breaking = previous?.schema != null ? breakingChanges(previous.schema, next.schema) : [];
  return { previous, next, breaking };
}

function assertGoodExamples(next: EventTypeRecord): void {
  const details = exampleProblems(next);
  const [problem] = details;
  if (!problem) return;
  throw new AppError("INVALID_ARGUMENT_ERROR", `${problem.path} ${problem.message}`, { details });
}
