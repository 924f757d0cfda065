import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Takes one line, without its end. */
export type Log = (line: string) => void;

/** Passes on what a function prints, line by line, so that threads do not mix within a line. */
export function logLines(output: Readable, functionName: string, log: Log): void {
  createInterface({ input: output }).on("line", (line) => log(`[${functionName}] ${line}`));
}
