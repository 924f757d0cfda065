// @ts-check
/**
 * @import { DirectAnswer, DirectCall, DirectLine, FromEngines, ToEngines } from "./direct-protocol.ts"
 * @typedef {(error: Error | undefined, answer: DirectAnswer | undefined) => void} Settle
 * @typedef {{ origin: string, settle: Settle }} Waiting
 * @typedef {ReturnType<typeof createDirectClient>} DirectClient
 */

/**
 * Calls engines through a port instead of a socket: what goes over it is the request with its signature, which the
 * engines check as they check one that comes by HTTP.
 * @param {DirectLine} line
 */
export function createDirectClient({ port, origins }) {
  /** @type {Map<number, Waiting>} */
  const waiting = new Map();
  let lastId = 0;
  let isClosed = false;

  /** @param {number} id */
  const take = (id) => {
    const call = waiting.get(id);
    waiting.delete(id);
    // Only a call that waits keeps a process alive.
    if (waiting.size === 0) port.unref();
    return call;
  };

  port.on("message", (/** @type {FromEngines} */ { id, answer }) => {
    const call = take(id);
    call?.settle(answer ? undefined : refusedError(call.origin), answer);
  });
  port.on("close", () => {
    isClosed = true;
    for (const id of waiting.keys()) take(id)?.settle(closedError(), undefined);
  });
  port.unref();

  return {
    /** Whether an engine with this origin is at the other end. @param {string} origin */
    reaches: (origin) => origins.includes(origin),
    /**
     * Settles once, with an answer or an error, and never within this call. Returns what hangs up.
     * @param {DirectCall} call
     * @param {Settle} settle
     * @returns {() => void}
     */
    call(call, settle) {
      lastId += 1;
      const id = lastId;
      if (isClosed) {
        queueMicrotask(() => settle(closedError(), undefined));
        return () => undefined;
      }
      if (waiting.size === 0) port.ref();
      waiting.set(id, { origin: call.to, settle });
      post({ id, call });
      return () => {
        if (take(id)) post({ id });
      };
    },
  };

  /** @param {ToEngines} message */
  function post(message) {
    port.postMessage(message);
  }
}

/** As a connection that the other side has closed. */
function closedError() {
  return Object.assign(new Error("the engines have closed the line"), { code: "ECONNRESET" });
}

/** As a connection to a port where nobody listens. @param {string} origin */
function refusedError(origin) {
  return Object.assign(new Error(`no engine listens at ${origin}`), { code: "ECONNREFUSED" });
}
