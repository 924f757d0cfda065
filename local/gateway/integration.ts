import type { Invoke } from "../lambda/functions.ts";
import { GatewayRefusal } from "./api-response.ts";

// API Gateway waits no longer, whatever the function's own time-out.
export const integrationTimeoutMs = 30_000;
// Lambda takes no larger event; the 10 MB of the gateway are of use only to other integrations.
export const maxEventBytes = 6 * 1024 * 1024;

/** Invokes a route's function; `timeoutMs` is how long the gateway waits. */
export async function callIntegration(
  invoke: Invoke,
  functionName: string,
  event: { body?: string },
  timeoutMs: number = integrationTimeoutMs,
): Promise<unknown> {
  if (Buffer.byteLength(event.body ?? "") > maxEventBytes) throw new GatewayRefusal(413);
  // A timer and no abort signal: to make an AbortError takes longer than all the rest here.
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const refusal = () =>
    reject(new GatewayRefusal(503, `${functionName} took longer than ${timeoutMs} ms`));
  const timer = setTimeout(refusal, timeoutMs);
  try {
    return await Promise.race([invoke(functionName, event), tooLate]);
  } catch (error) {
    throw error instanceof GatewayRefusal ? error : new GatewayRefusal(500, error);
  } finally {
    clearTimeout(timer);
  }
}
