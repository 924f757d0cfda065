import { printable } from "../contract/values/printable.ts";

export type Fields = Record<string, string | number | boolean | null | undefined>;

/**
 * One structured line per outcome that matters; ids and counts only, never a secret or a payload. Written
 * past `console`, which Lambda's JSON log format would wrap into a second object. A name may hold what breaks
 * or turns a line: it is escaped, so that a line stays one, in a terminal too.
 */
export function log(level: "info" | "warn" | "error", event: string, fields: Fields): void {
  process.stdout.write(`${printable(JSON.stringify({ level, event, ...fields }))}\n`);
}

/** What may be told of an unexpected error: its kind, message, place and AWS's id of it, and the same of its cause. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error };
  const cause =
    error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : undefined;
  const awsRequestId = requestIdOf(error) ?? requestIdOf(error.cause);
  return { error: error.name, message: error.message, cause, awsRequestId, stack: error.stack };
}

/** By which AWS's support finds a call that failed. */
function requestIdOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const { requestId }: { requestId?: unknown } = Object(error.$metadata);
  return typeof requestId === "string" ? requestId : undefined;
}
