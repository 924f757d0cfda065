import type { Command } from "commander";
import { addList } from "./list.ts";
import { addRecover } from "./recover.ts";
import { addRetry } from "./retry.ts";
import { addShow } from "./show.ts";
import { addTail } from "./tail.ts";

export function addDeliveries(program: Command): void {
  const deliveries = program
    .command("deliveries")
    .description("List a webhook's deliveries, follow them, and send them again.");
  addList(deliveries);
  addShow(deliveries);
  addRetry(deliveries);
  addRecover(deliveries);
  addTail(deliveries);
}
