import { exitCodes, Failure } from "./output/failure.ts";

/** One Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. */
const samePressMs = 500;

/**
 * Aborted by the first Ctrl-C or SIGTERM, or where the terminal is closed, for what has to be brought to an end; a second
 * one ends it at once.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let firstMs: number | undefined;
  const receive = () => {
    if (firstMs === undefined) {
      firstMs = performance.now();
      controller.abort(new Failure("interrupted", "stopped"));
    } else if (performance.now() - firstMs > samePressMs) {
      process.exit(exitCodes.interrupted.code);
    }
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, receive);
  return controller.signal;
}
