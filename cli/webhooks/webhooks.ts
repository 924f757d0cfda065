import type { Command } from "commander";
import { addCreate } from "./create.ts";
import { addDelete } from "./delete.ts";
import { addGet } from "./get.ts";
import { addList } from "./list.ts";
import { addPut } from "./put.ts";
import { addResume } from "./resume.ts";
import { addRotate } from "./rotate.ts";
import { addSecret } from "./secret.ts";
import { addStatus } from "./status.ts";
import { addTest } from "./test.ts";
import { addUpdate } from "./update.ts";

export function addWebhooks(program: Command): void {
  const webhooks = program
    .command("webhooks")
    .description("Manage webhooks: which messages they get, and where.");
  addPut(webhooks);
  addCreate(webhooks);
  addList(webhooks);
  addGet(webhooks);
  addUpdate(webhooks);
  addStatus(webhooks);
  addDelete(webhooks);
  addSecret(webhooks);
  addRotate(webhooks);
  addTest(webhooks);
  addResume(webhooks);
}
