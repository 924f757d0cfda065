import { type Command, InvalidArgumentError } from "commander";
import { EventTypeStatus } from "../../shared/contract/event-type.ts";

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
