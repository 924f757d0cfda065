import { CommanderError } from "commander";
import { printable } from "../../shared/contract/values/printable.ts";
import { exitCodes, Failure } from "./failure.ts";
import type { OutputOptions } from "./output.ts";
import { type Paint, paintWith, usesColor } from "./paint.ts";

/** Tells on stderr why a command failed, and gives the exit code. */
export function report(error: unknown, { json, color }: OutputOptions): number {
  const failure = failureOf(error);
  if (!failure) return exitCodes.done.code;
  const { exit, message, circumstances } = failure;
  // Help that was shown because no command was given speaks for itself.
  if (message !== "") {
    const text = json
      ? printable(JSON.stringify({ error: { exit, message, ...circumstances } }))
      : failureText(failure, paintWith(usesColor(process.stderr, color)));
    process.stderr.write(`${text}\n`);
  }
  return exitCodes[exit].code;
}

/** Undefined where nothing failed: the parser also throws once it has shown the help. */
function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (!(error instanceof CommanderError)) {
    return new Failure("refused", error instanceof Error ? error.message : String(error));
  }
  if (error.exitCode === 0) return undefined;
  const message =
    error.code === "commander.help"
      ? ""
      : error.message.replace(/^error: /, "").replaceAll("\n", " ");
  return new Failure("usage", message, {
    advice: "`--help` after a command shows its arguments and options.",
  });
}

function failureText({ message, circumstances }: Failure, paint: Paint): string {
  const { advice, code, requestId, details = [] } = circumstances;
  const known = [code, requestId && `request ${requestId}`].filter(Boolean).join(", ");
  const told = [
    ` ${message}${known && ` (${known})`}`,
    ...details.map(({ path, message: problem }) => `  ${path}: ${problem}`),
    ...(advice === undefined ? [] : [advice]),
  ];
  return paint("hookcast:", "bad") + told.map(printable).join("\n");
}
