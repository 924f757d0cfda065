import { isIP } from "node:net";
import { checkDestination } from "../domain/destination.ts";
import type { OutgoingRequest } from "../domain/outgoing-request.ts";
import type { AddressOptions } from "../domain/refused-address.ts";
import type { Outcome } from "../domain/verdict.ts";
import type { Answer } from "./answer.ts";
import { answerOutcome } from "./answer-outcome.ts";
import { type Connections, openConnections, type Target } from "./connections.ts";
import { type Names, openNames } from "./dns/names.ts";
import { ExchangeError, exchange } from "./exchange.ts";
import { guardedLookup } from "./guarded-lookup.ts";
import { outcomeOfError } from "./request-errors.ts";

/** What came of one POST. */
export interface Reply {
  readonly outcome: Outcome;
  readonly latencyMs: number;
  /** The first bytes of the answer's body, as text; cut between characters. */
  readonly responseBody: string;
  /** A connection that had died idle was replaced by a new one, at once. */
  readonly isReplaced?: boolean;
}

export interface WebhookClient {
  /** Never throws: whatever a receiver does is an outcome. */
  post(request: OutgoingRequest): Promise<Reply>;
}

export interface ClientOptions extends AddressOptions {
  /** The wall clock, by which connections grow old. */
  readonly now?: () => number;
}

/** So that a name that nobody answers for leaves most of the deadline, and is told from a slow receiver. */
const maxLookupMs = 5_000;

/** How long one address of several is tried. */
const maxAddressMs = 5_000;

/** A client whose keep-alive connections outlive the invocation. */
export function openWebhookClient(
  options: ClientOptions,
  names: Names = openNames(options),
): WebhookClient {
  const connections = openConnections(options.now);

  return {
    async post(request) {
      const startMs = performance.now();
      const since = () => Math.round(performance.now() - startMs);
      const refusal = checkDestination(request.url, options);
      if (refusal) return unanswered({ kind: "refused", error: refusal }, since());
      const replaced = { isReplaced: false };
      try {
        const answer = await send(connections, options, names, request, replaced);
        const { outcome, responseBody } = await answerOutcome(answer, request.url);
        const latencyMs = since();
        return { outcome, latencyMs, responseBody, ...(replaced.isReplaced && replaced) };
      } catch (error) {
        const reply = unanswered(outcomeOfError(error, request.timeoutMs), since());
        return { ...reply, ...(replaced.isReplaced && replaced) };
      }
    },
  };
}

function unanswered(outcome: Outcome, latencyMs: number): Reply {
  return { outcome, latencyMs, responseBody: "" };
}

/** One deadline over DNS, TCP, TLS and headers, of both connections if the first had died idle. */
async function send(
  connections: Connections,
  options: AddressOptions,
  names: Names,
  { cacheName, url, headers, body, timeoutMs }: OutgoingRequest,
  replaced: { isReplaced: boolean },
): Promise<Answer> {
  const deadline = new AbortController();
  const late = () => deadline.abort(new DOMException("too late", "TimeoutError"));
  const timer = setTimeout(late, timeoutMs);
  const { signal } = deadline;
  const asker = { cacheName, timeoutMs: Math.min(maxLookupMs, timeoutMs / 2), signal };
  const place = new URL(url);
  const target = targetOf(place);
  const request = {
    ...target,
    path: place.pathname + place.search,
    headers: { ...headers, "content-length": body.length },
    lookup: guardedLookup(target.port, options, names, asker),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: Math.max(
      1_000,
      Math.min(maxAddressMs, Math.round(timeoutMs / 3)),
    ),
  };
  try {
    return await exchange(connections.agentFor(target), request, body, signal);
  } catch (error) {
    if (!(error instanceof ExchangeError) || !error.isDeadConnection) throw error;
    replaced.isReplaced = true;
    return await exchange(connections.agentWithoutIdle(target), request, body, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** A final dot says that a name is whole; certificates and servers know the name without it. */
function targetOf({ protocol, hostname, port }: URL): Target {
  const isTls = protocol === "https:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const servername = host.replace(/\.$/, "");
  return {
    protocol,
    host,
    port: Number(port) || (isTls ? 443 : 80),
    ...(isTls && isIP(host) === 0 && { servername }),
  };
}
