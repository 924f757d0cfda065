import type { Command } from "commander";
import { addAdd } from "./add.ts";
import { addList } from "./list.ts";
import { addRemove } from "./remove.ts";
import { addUse } from "./use.ts";

export function addProfiles(program: Command): void {
  const profiles = program
    .command("profiles")
    .description("Which services there are: an address and a key each, kept in a file of yours.");
  addAdd(profiles);
  addList(profiles);
  addUse(profiles);
  addRemove(profiles);
}
