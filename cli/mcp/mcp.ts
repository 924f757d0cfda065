import type { Command } from "commander";
import { stopSignal } from "../stop-signal.ts";
import { withService } from "../with-service.ts";

interface McpOptions {
  readonly allowChanges?: boolean;
}

export function addMcp(program: Command): void {
  program
    .command("mcp")
    .description(
      "Offer the API to an agent, as tools of the Model Context Protocol over standard input and " +
        "output. They only read, unless you allow changes.",
    )
    .option("--allow-changes", "also offer what changes, publishes and sends again")
    .action(({ allowChanges = false }: McpOptions, command: Command) =>
      withService(command, async ({ client }) => {
        // Its package is large, and no other command needs it.
        const { serveTools } = await import("./serve-tools.ts");
        await serveTools(client, allowChanges, stopSignal());
      }),
    );
}
