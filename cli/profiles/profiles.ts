import type { Command } from "commander";
import { addAdd } from "./add.ts";
import { addList } from "./list.ts";
import { addRemove } from "./remove.ts";
import { addUse } from "./use.ts";

export function addProfiles(program: Command): void {
  const profiles = program
    .command("profiles")
    .description("Manage services: the address and the key of each, in a file of yours.");
  addAdd(profiles);
  addList(profiles);
  addUse(profiles);
  addRemove(profiles);
}
