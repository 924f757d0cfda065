import {
  type EventTypeFacts,
  type EventTypeFilter,
  isShown,
} from "../../domain/event-types/event-type-record.ts";
import { type Caller, seesTopic } from "../../runtime/caller.ts";

/**
 * Whether the caller is shown the type. A key sees all that it asks for, a portal session its topics and its own
 * audience, and who has no key the audience that they name.
 */
export function isVisible(facts: EventTypeFacts, caller: Caller, filter: EventTypeFilter): boolean {
  return (
    seesTopic(caller, facts.topicName) &&
    isShown(facts, { ...filter, audience: audienceOf(caller, filter) })
  );
}

function audienceOf({ keyId, session }: Caller, { audience }: EventTypeFilter) {
  if (session) return session.audience ?? null;
  return keyId === "" ? (audience ?? null) : audience;
}
