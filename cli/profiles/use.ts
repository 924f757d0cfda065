import type { Command } from "commander";
import { outputOf } from "../with-service.ts";
import { readProfiles, writeProfiles } from "./file.ts";
import { profileNamed } from "./named.ts";

export function addUse(profiles: Command): void {
  profiles
    .command("use")
    .description("Use a profile by default.")
    .argument("<name>", "the profile")
    .action((name: string, _options: unknown, command: Command) => {
      const file = readProfiles();
      const { url } = profileNamed(file, name);
      writeProfiles({ ...file, current: name });
      outputOf(command).show({ name, url, isCurrent: true }, `using ${name}, ${url}`);
    });
}
