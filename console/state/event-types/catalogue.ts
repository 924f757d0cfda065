import type { ResponseOf } from "../../../client/operations.ts";

/** An event as the catalogue lists it. */
export type EventType = ResponseOf<"listEventTypes">["eventTypes"][number];
export type DescribedEvent = ResponseOf<"getEventType">;

/** By their groups, both in the order of the alphabet; what has none comes last. */
export function grouped<Type extends Pick<EventType, "group">>(
  types: readonly Type[],
): [group: string | null, Type[]][] {
  return [...Map.groupBy(types, ({ group }) => group)].sort(([one], [other]) =>
    one === null ? 1 : other === null ? -1 : one.localeCompare(other),
  );
}

/** Those whose name, description, or what else is given has the text. */
export function matching(
  types: readonly EventType[],
  text: string,
  others: (type: EventType) => readonly string[] = () => [],
): EventType[] {
  const wanted = text.trim().toLowerCase();
  return types.filter((type) =>
    [type.event, type.description ?? "", ...others(type)].join(" ").toLowerCase().includes(wanted),
  );
}

/** What the list can be narrowed to: name in the address, and words. */
export const statusChoices = {
  current: "active or deprecated",
  active: "active",
  deprecated: "deprecated",
  archived: "archived",
  all: "any",
} as const;
export type StatusChoice = keyof typeof statusChoices;

/** Whether a type of this status is among those. */
export function isChosen(status: EventType["status"], choice: StatusChoice): boolean {
  if (choice === "current") return status !== "archived";
  return choice === "all" || choice === status;
}
