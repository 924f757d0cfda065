import { HookcastError } from "../../client/errors.ts";
import type { DescribedEvent, EventType } from "../../console/state/event-types/catalogue.ts";
import { hookcast } from "../../console/state/hookcast.ts";
import { type Loaded, useLoaded } from "../../console/state/loaded.ts";
import { portal } from "./session.ts";

/** The events of the session's topics; none where nobody has described any. */
export function useEventTypes(): Loaded<readonly EventType[]> {
  return useLoaded<readonly EventType[]>("event types", async (signal) => {
    const { topics, audience } = portal.value ?? {};
    const types: EventType[] = [];
    try {
      for await (const type of hookcast().listEventTypes({ audience }, { signal })) {
        if (topics?.includes(type.topicName) ?? true) types.push(type);
      }
    } catch (error) {
      // Endpoints can be managed without a catalogue as well.
      if (!(error instanceof HookcastError && (error.status === 403 || error.status === 404))) {
        throw error;
      }
    }
    return types;
  });
}

export function useEventType(topicName: string, event: string): Loaded<DescribedEvent> {
  return useLoaded(`${topicName}/${event}`, (signal) =>
    hookcast().getEventType({ topicName, event }, { signal }),
  );
}
