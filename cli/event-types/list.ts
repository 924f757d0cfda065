import type { Command } from "commander";
import { collect } from "../collect.ts";
import { withService } from "../with-service.ts";
import { typeColumns } from "./shown-event-type.ts";
import { addFilterOptions, type FilterOptions, filterOf } from "./type-filter.ts";

export function addList(types: Command): void {
  const list = types
    .command("list")
    .description("List the event types by topic and event, without their schemas.");
  addFilterOptions(list).action((options: FilterOptions, command: Command) =>
    withService(command, async ({ client, output }) => {
      const found = await collect(client.listEventTypes(filterOf(options)));
      output.list(found, typeColumns);
      if (found.length === 0) output.note("No event type.");
    }),
  );
}
