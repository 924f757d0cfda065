/** `hookcast`: the command line of the service. */

import { report } from "./output/report.ts";
import { createProgram } from "./program.ts";
import { useProxy } from "./proxy.ts";

/** Nobody reads any more: the pipe's other end, or the terminal, is closed. */
const nobodyReads = (error: NodeJS.ErrnoException) =>
  error.code === "EPIPE" || error.code === "EIO";

// Whoever reads a pipe may have seen enough. What has something to bring to an end does so as at a SIGTERM.
process.stdout.once("error", (error) => {
  if (!nobodyReads(error)) throw error;
  process.stdout.on("error", () => undefined); // a second one is no news, and would end it at once
  if (!process.emit("SIGTERM", "SIGTERM")) process.exit(0);
});
process.stderr.on("error", (error) => {
  if (!nobodyReads(error)) throw error;
});

const program = createProgram();
try {
  useProxy(process.env);
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error, program.opts());
}
