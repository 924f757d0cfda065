import type { Command } from "commander";
import { addList } from "./list.ts";

export function addDeliveries(program: Command): void {
  const deliveries = program
    .command("deliveries")
    .description("What became of the messages that a webhook was to get.");
  addList(deliveries);
}
