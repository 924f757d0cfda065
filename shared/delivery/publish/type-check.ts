import type { ErrorDetail } from "../../contract/errors.ts";
import type { EventCode } from "../../contract/values/event.ts";
import { AppError } from "../../domain/app-error.ts";
import type { Fault } from "../../domain/event-types/check.ts";
import { faultsOf } from "../../domain/event-types/check-value.ts";
import type { OpenSchema } from "../../domain/event-types/schema-parts.ts";
import type { MessageDraft } from "../../domain/messages/message-draft.ts";
import { log, measure } from "../../runtime/logger.ts";
import type { PublishedTypes } from "../../store/event-types/published-types.ts";

/** What drafts are held to by the catalogue of event types. */
export interface TypeRules {
  readonly types: PublishedTypes;
  /** What becomes of an event that has no type, or an archived one. */
  readonly unknownEvents: "accept" | "refuse";
  readonly warnings: WarningLog;
}

/** Which types have been told of lately. */
export interface WarningLog {
  /** Whether an hour has passed since the type was told of. */
  isDue(topicName: string, event: EventCode, nowMs: number): boolean;
}

const hourMs = 3_600_000;
const maxRemembered = 1_000;

export function openWarningLog(): WarningLog {
  const toldMs = new Map<string, number>();
  return {
    isDue(topicName, event, nowMs) {
      const name = `${topicName}/${event}`;
      const ageMs = nowMs - (toldMs.get(name) ?? Number.NEGATIVE_INFINITY);
      if (ageMs >= 0 && ageMs < hourMs) return false;
      toldMs.delete(name);
      toldMs.set(name, nowMs);
      if (toldMs.size > maxRemembered) toldMs.delete(toldMs.keys().next().value ?? name);
      return true;
    },
  };
}

/**
 * The drafts of one topic that its event types refuse: events that are unknown, where that is refused, and values that
 * the schema of a type does not accept, where its type enforces it. A message without an event is of no type.
 */
export async function typeRefusals(
  drafts: readonly MessageDraft[],
  { types, unknownEvents, warnings }: TypeRules,
  nowMs: number,
): Promise<Map<MessageDraft, AppError>> {
  const refusals = new Map<MessageDraft, AppError>();
  const events = drafts.flatMap(({ event }) => (event === null ? [] : [event]));
  const [first] = drafts;
  if (!first || events.length === 0) return refusals;
  const found = await types.find(first.topicName, [...new Set(events)]);
  let faulty = 0;
  for (const draft of drafts) {
    const { topicName, event } = draft;
    if (event === null) continue;
    const type = found.get(event);
    if (!type) {
      if (unknownEvents === "refuse") refusals.set(draft, unknownEvent(topicName));
      continue;
    }
    if (!type.check) continue;
    const { mode, schema } = type.check;
    const faults = faultsOfDraft(draft, schema);
    if (faults.length === 0) continue;
    faulty += 1;
    if (mode === "enforce") refusals.set(draft, refusalFor(faults));
    else if (warnings.isDue(topicName, event, nowMs)) {
      // What the schema asks for, and nothing of the value, of which a path may be a part.
      const keywords = [...new Set(faults.map(({ keyword }) => keyword))].join(" ");
      log("warn", "message.off-schema", { topicName, eventType: event, keywords });
    }
  }
  if (faulty > 0) measure("SchemaFaults", faulty);
  return refusals;
}

function faultsOfDraft({ payload }: MessageDraft, schema: OpenSchema): Fault[] {
  if (payload.kind !== "json") return [{ path: [], keyword: "type", message: "must be JSON" }];
  return faultsOf(schema, JSON.parse(payload.text), Buffer.byteLength(payload.text));
}

/** Names of properties may be as long as a message. */
const maxPathCharacters = 200;

function refusalFor(faults: readonly Fault[]): AppError {
  const details = faults.map(({ path, message }): ErrorDetail => {
    const whole = ["value", ...path].join(".");
    return {
      path: whole.length > maxPathCharacters ? `${whole.slice(0, maxPathCharacters)}…` : whole,
      message,
    };
  });
  const [first] = details;
  const message = `${first?.path} ${first?.message}`;
  return new AppError("INVALID_ARGUMENT_ERROR", message, { details });
}

function unknownEvent(topicName: string): AppError {
  const message = `is not in the catalogue of event types of the topic ${topicName}`;
  const details = [{ path: "event", message }];
  return new AppError("INVALID_ARGUMENT_ERROR", `event ${message}`, { details });
}
