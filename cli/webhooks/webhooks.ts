import type { Command } from "commander";
import { addList } from "./list.ts";
import { addPut } from "./put.ts";

export function addWebhooks(program: Command): void {
  const webhooks = program
    .command("webhooks")
    .description("Who gets what is published, and where.");
  addPut(webhooks);
  addList(webhooks);
}
