import type { Command } from "commander";
import { confirm } from "../ask.ts";
import { withService } from "../with-service.ts";
import { typeArgument, typeNamed } from "./type-name.ts";

interface DeleteOptions {
  readonly yes?: true;
}

export function addDelete(types: Command): void {
  types
    .command("delete")
    .description("Delete an event type with every version of its schema.")
    .argument(...typeArgument)
    .option("--yes", "do not ask")
    .action((name: string, { yes }: DeleteOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const type = typeNamed(name);
        if (!yes) await confirm(`Delete the event type ${name}?`);
        await client.deleteEventType(type);
        output.show(type, `deleted ${name}`);
      }),
    );
}
