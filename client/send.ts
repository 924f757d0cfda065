import { type Answer, outcomeOf } from "./answer.ts";
import { pause, withDeadline } from "./deadline.ts";
import { ConnectionError, type HookcastError } from "./errors.ts";
import type { ServiceRequest } from "./request.ts";
import { waitBeforeRetryMs } from "./retry.ts";

export interface Connection {
  /** Where the service is; its paths are added. */
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof fetch;
  /** How long one try may take, to the last byte of its answer. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

/** What a caller may say of one call. */
export interface SendOptions<Headers = unknown> {
  /** Ends the call with all its tries. */
  readonly signal?: AbortSignal;
  /** How long one try may take, to the last byte of its answer. */
  readonly timeoutMs?: number;
  readonly headers?: Headers;
}

/** Sends a request as often as is of use, and throws what came of the last try. */
export async function send(
  connection: Connection,
  request: ServiceRequest,
  options: SendOptions = {},
): Promise<Answer<unknown>> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await tryOnce(connection, request, options, tries);
    if (!(outcome instanceof Error)) return outcome;
    const waitMs =
      tries > connection.maxRetries ? undefined : waitBeforeRetryMs(outcome, request.isRepeatable);
    if (waitMs === undefined) throw outcome;
    await pause(waitMs, options.signal);
  }
}

async function tryOnce(
  connection: Connection,
  request: ServiceRequest,
  { signal, timeoutMs = connection.timeoutMs, headers }: SendOptions,
  tries: number,
): Promise<Answer<unknown> | HookcastError | ConnectionError> {
  const { fetch } = connection; // a browser's must not be called as the method of something else
  signal?.throwIfAborted();
  try {
    return await withDeadline(timeoutMs, signal, async (deadline) => {
      const response = await fetch(connection.url + request.target, {
        method: request.endpoint.method,
        headers: headersOf(connection, request, headers),
        ...(request.body !== undefined && { body: request.body }),
        // The service never redirects; whoever does is not the service.
        redirect: "error",
        signal: deadline,
      });
      const text = await response.text();
      return outcomeOf(response, text, { isBare: request.endpoint.bare === true, tries });
    });
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new ConnectionError(`${connection.url}: ${reason}`, tries, cause);
  }
}

function headersOf(
  { key }: Connection,
  request: ServiceRequest,
  ofCall: unknown,
): Record<string, string> {
  const given = Object.entries(ofCall ?? {}).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...request.headers, authorization: `Bearer ${key}` };
}
