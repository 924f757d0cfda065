import type { Command } from "commander";
import { addDeliveriesOf } from "./deliveries.ts";
import { addGet } from "./get.ts";
import { addList } from "./list.ts";

export function addMessages(program: Command): void {
  const messages = program
    .command("messages")
    .description("Show what was published, while it is stored.");
  addList(messages);
  addGet(messages);
  addDeliveriesOf(messages);
}
