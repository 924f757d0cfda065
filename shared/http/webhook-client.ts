import { AsyncLocalStorage } from "node:async_hooks";
import type { Dispatcher } from "undici";
import requestWith from "undici/lib/api/api-request.js";
import Agent from "undici/lib/dispatcher/agent.js";
import { checkDestination } from "../domain/destination.ts";
import type { OutgoingRequest } from "../domain/outgoing-request.ts";
import type { AddressOptions } from "../domain/refused-address.ts";
import type { Outcome } from "../domain/verdict.ts";
import { tooLongCode } from "./answer-bound.ts";
import { unlessAborted } from "./deadline.ts";
import { type Asker, type Names, openNames } from "./dns/names.ts";
import { guardedConnector } from "./guarded-connect.ts";
import { outcomeOfError } from "./request-errors.ts";

/** What came of one POST. */
export interface Reply {
  readonly outcome: Outcome;
  readonly latencyMs: number;
  /** The first bytes of the answer's body, as text; cut between characters. */
  readonly responseBody: string;
}

export interface WebhookClient {
  /** Never throws: whatever a receiver does is an outcome. */
  post(request: OutgoingRequest): Promise<Reply>;
}

const mostBytesRead = 65_536;
const mostBytesKept = 2_048;

/** So that a name that nobody answers for leaves most of the deadline, and is told from a slow receiver. */
const maxLookupMs = 5_000;

/** For whom connections are opened: undici hands connectors nothing of the request. */
const askers = new AsyncLocalStorage<Asker>();

/** A client whose keep-alive connections outlive the invocation. */
export function openWebhookClient(
  options: AddressOptions,
  names: Names = openNames(options),
): WebhookClient {
  const connect = guardedConnector(options, names, currentAsker);
  const agent = new Agent({ connect, connections: 64, pipelining: 1 });

  return {
    async post(request) {
      const startMs = performance.now();
      const since = () => Math.round(performance.now() - startMs);
      const refusal = checkDestination(request.url, options);
      if (refusal) return unanswered({ kind: "refused", error: refusal }, since());
      try {
        const { outcome, body } = await send(agent, request);
        return { outcome, latencyMs: since(), responseBody: body };
      } catch (error) {
        return unanswered(outcomeOfError(error, request.timeoutMs), since());
      }
    },
  };
}

/** A request that waited for its connection opens one in the name of another, whose deadline may be over. */
function currentAsker(): Asker {
  const { cacheName, timeoutMs, signal } = askers.getStore() ?? anybody;
  return signal?.aborted ? { cacheName, timeoutMs } : { cacheName, timeoutMs, signal };
}

const anybody: Asker = { cacheName: "", timeoutMs: maxLookupMs };

function unanswered(outcome: Outcome, latencyMs: number): Reply {
  return { outcome, latencyMs, responseBody: "" };
}

/** One deadline over DNS, TCP, TLS, headers and body: a receiver that drips cannot stretch it. */
async function send(
  agent: Dispatcher,
  { cacheName, url, headers, body, timeoutMs }: OutgoingRequest,
): Promise<{ outcome: Outcome; body: string }> {
  const { origin, pathname, search } = new URL(url);
  const signal = AbortSignal.timeout(timeoutMs);
  const path = pathname + search;
  // undici's own time-outs are off: they would be second deadlines.
  const limits = { headersTimeout: 0, bodyTimeout: 0 };
  const request = { origin, path, method: "POST", headers, body, signal, ...limits } as const;
  // undici heeds the signal only once it is connected; until then nothing is sent, and nothing will be.
  const asker = { cacheName, timeoutMs: Math.min(maxLookupMs, timeoutMs / 2), signal };
  const answering = askers.run(asker, () => requestWith.call(agent, request));
  const answer = await unlessAborted(answering, signal);
  const outcome: Outcome = {
    kind: "answer",
    statusCode: answer.statusCode,
    headers: {
      retryAfter: single(answer.headers["retry-after"]),
      webhookDelivery: single(answer.headers["webhook-delivery"]),
    },
  };
  return { outcome, body: await readPrefix(answer.body) };
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Reads the answer to its end so that the connection can be kept, or drops both when it is too long. */
async function readPrefix(body: Dispatcher.ResponseData["body"]): Promise<string> {
  const kept: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      if (bytes < mostBytesKept) kept.push(chunk);
      bytes += chunk.length;
      if (bytes > mostBytesRead) break; // leaving the loop destroys the stream and its connection
    }
  } catch (error) {
    // What came of a body that is padded without end is as good as the beginning of a long one.
    if (Object(error).code !== tooLongCode) throw error;
  }
  // `stream` holds back a character whose bytes were cut in two.
  return new TextDecoder().decode(Buffer.concat(kept).subarray(0, mostBytesKept), { stream: true });
}
