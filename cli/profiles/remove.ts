import type { Command } from "commander";
import { outputOf } from "../with-service.ts";
import { readProfiles, writeProfiles } from "./file.ts";
import { profileNamed } from "./named.ts";

export function addRemove(profiles: Command): void {
  profiles
    .command("remove")
    .description("Remove a profile and its key. The key itself stays valid.")
    .argument("<name>", "the profile")
    .action((name: string, _options: unknown, command: Command) => {
      const file = readProfiles();
      const { url } = profileNamed(file, name);
      const { [name]: _removed, ...kept } = file.profiles;
      const current = file.current === name ? null : file.current;
      writeProfiles({ current, profiles: kept });
      outputOf(command).show({ name, url }, `removed ${name}`);
    });
}
