import { HookcastError } from "../../client/errors.ts";
import type { ResponseOf } from "../../client/operations.ts";
import { hookcast } from "../../console/state/hookcast.ts";
import { type Loaded, useLoaded } from "../../console/state/loaded.ts";
import { portal } from "./session.ts";

/** An event as the catalogue lists it. */
export type EventType = ResponseOf<"listEventTypes">["eventTypes"][number];
export type DescribedEvent = ResponseOf<"getEventType">;

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

/** By their groups, both in the order of the alphabet; what has none comes last. */
export function grouped<Type extends Pick<EventType, "group">>(
  types: readonly Type[],
): [group: string | null, Type[]][] {
  return [...Map.groupBy(types, ({ group }) => group)].sort(([one], [other]) =>
    one === null ? 1 : other === null ? -1 : one.localeCompare(other),
  );
}

/** Those whose name or description has the text. */
export function matching(types: readonly EventType[], text: string): EventType[] {
  const wanted = text.toLowerCase();
  return types.filter(({ event, description }) =>
    `${event} ${description ?? ""}`.toLowerCase().includes(wanted),
  );
}
