import type { Command } from "commander";
import { outputOf } from "../with-service.ts";
import { addAdd } from "./add.ts";
import { profileNamed, readProfiles, writeProfiles } from "./file.ts";

export function addProfiles(program: Command): void {
  const profiles = program
    .command("profiles")
    .description("Manage services: the address and the key of each, in a file of yours.");
  addAdd(profiles);
  addList(profiles);
  addUse(profiles);
  addRemove(profiles);
}

function addList(profiles: Command): void {
  profiles
    .command("list")
    .description("List the profiles: names and addresses, never keys.")
    .action((_options: unknown, command: Command) => {
      const { current, profiles } = readProfiles();
      const rows = Object.entries(profiles).map(([name, { url }]) => {
        return { name, url, isCurrent: name === current };
      });
      const output = outputOf(command);
      output.list(rows, [
        { title: "", cell: ({ isCurrent }) => (isCurrent ? "*" : "") },
        { title: "NAME", cell: ({ name }) => name, cut: "middle", minWidth: 16 },
        { title: "URL", cell: ({ url }) => url, minWidth: 20 },
      ]);
      if (rows.length === 0) output.note("No profile: hookcast profiles add <name> --url <url>");
    });
}

function addUse(profiles: Command): void {
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

function addRemove(profiles: Command): void {
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
