import { Failure } from "./failure.ts";

/** Aborted by the first Ctrl-C or SIGTERM, for what has to be brought to an end; the second ends the program. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(new Failure("interrupted", "stopped"));
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, stop);
  return controller.signal;
}
