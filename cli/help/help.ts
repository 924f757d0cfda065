import type { AddHelpTextContext, Command, HelpConfiguration } from "commander";
import { exitCodes } from "../output/failure.ts";
import { paintWith } from "../output/paint.ts";
import { examples } from "./examples.ts";

/** Behind the help of each command: how it is typed. */
export function addExamples(command: Command, path = ""): void {
  const ofCommand = examples[path] ?? [];
  if (ofCommand.length > 0) {
    command.addHelpText("after", () => helpSection("Examples", ofCommand));
  }
  for (const sub of command.commands) addExamples(sub, `${path} ${sub.name()}`.trim());
}

const paint = paintWith(true); // the parser strips it where there is no colour

/** How the help looks: it fits a terminal, and its headings stand out on one that has colours. */
export const helpLooks: HelpConfiguration = {
  showGlobalOptions: true,
  // Arguments are in each command's own help: here they would leave no room for what it does.
  subcommandTerm: (command) => command.name(),
  styleTitle: (heading) => paint(heading, "title"),
};

/** A heading and what stands under it, behind a command's help. */
export function helpSection(heading: string, lines: readonly string[]): string {
  return ["", paint(`${heading}:`, "title"), ...lines.map((line) => `  ${line}`)].join("\n");
}

const codeWidth = 5;

export function exitCodesText({ command, error }: AddHelpTextContext): string {
  const help = command.createHelp();
  const { helpWidth = 80 } = outputWidth(command, error);
  const lines = Object.values(exitCodes).flatMap(({ code, meaning }) => {
    const wrapped = help.boxWrap(meaning, helpWidth - codeWidth - 2).split("\n");
    return wrapped.map((line, index) => (index === 0 ? String(code) : "").padEnd(codeWidth) + line);
  });
  return helpSection("Exit codes", lines);
}

function outputWidth(command: Command, isError: boolean): { helpWidth?: number | undefined } {
  const { getOutHelpWidth, getErrHelpWidth } = command.configureOutput();
  return { helpWidth: isError ? getErrHelpWidth?.() : getOutHelpWidth?.() };
}
