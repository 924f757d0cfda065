import { type Command, InvalidArgumentError } from "commander";
import { EventTypeStatus } from "../../shared/contract/event-type.ts";
import type { EventCode } from "../../shared/contract/values/event.ts";
import { event } from "../option-values.ts";
import { partsOf } from "../webhook-name.ts";

interface TypeName {
  readonly topicName: string;
  readonly event: EventCode;
}

export const typeArgument = ["<topic/event>", "the event type as <topic>/<event>"] as const;

export function typeNamed(text: string): TypeName {
  const [topicName, code] = partsOf(text, "<topic>/<event>");
  return { topicName, event: event(code) };
}

export interface FilterOptions {
  readonly topic?: string;
  readonly status?: EventTypeStatus[];
  readonly audience?: string;
}

/** Which types a command is about. */
export function addFilterOptions(command: Command): Command {
  return command
    .option("--topic <topic>", "only this topic")
    .option(
      "--status <statuses>",
      "only active, deprecated or archived ones; several with commas (default: all but archived ones)",
      statuses,
    )
    .option("--audience <tag>", "leave out those for other audiences");
}

export function filterOf({ topic, status, audience }: FilterOptions) {
  return { topicName: topic, status, audience };
}

function statuses(text: string): EventTypeStatus[] {
  const words = text.split(",");
  const known = EventTypeStatus.options.filter((status) => words.includes(status));
  if (words.every((word) => known.some((status) => status === word))) return known;
  throw new InvalidArgumentError(`Statuses are ${EventTypeStatus.options.join(", ")}.`);
}
