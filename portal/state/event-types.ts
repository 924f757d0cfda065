import { type Loaded, useLoaded } from "../../console/state/loaded.ts";
import type { EventCode } from "../../shared/contract/values/event.ts";

/** An event as somebody has described it. */
export interface EventType {
  readonly topicName: string;
  readonly event: EventCode;
  readonly description: string | null;
  readonly group: string | null;
}

/** The events of the session's topics; none where nobody has described any. */
export function useEventTypes(): Loaded<readonly EventType[]> {
  return useLoaded<readonly EventType[]>("event types", async () => []);
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
