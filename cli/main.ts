/** `hookcast`: the command line of the service. */
import { createProgram } from "./program.ts";
import { report } from "./report.ts";

// Whoever reads a pipe may have seen enough. What has something to bring to an end does so as at a SIGTERM.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  if (!process.emit("SIGTERM", "SIGTERM")) process.exit(0);
});

const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error, program.opts().json === true);
}
