import type { Command } from "commander";
import { outputOf } from "../with-service.ts";
import { readProfiles } from "./file.ts";

export function addList(profiles: Command): void {
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
