import type { Command } from "commander";
import { examples } from "./examples.ts";
import { helpSection } from "./looks.ts";

/** Behind the help of each command: how it is typed. */
export function addExamples(command: Command, path = ""): void {
  const ofCommand = examples[path] ?? [];
  if (ofCommand.length > 0) {
    command.addHelpText("after", () => helpSection("Examples", ofCommand));
  }
  for (const sub of command.commands) addExamples(sub, `${path} ${sub.name()}`.trim());
}
