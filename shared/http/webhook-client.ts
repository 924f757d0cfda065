import { isIP } from "node:net";
import type { Outcome } from "../domain/attempts/retry-schedule.ts";
import { type AddressOptions, checkDestination } from "../domain/destination.ts";
import type { OutgoingRequest } from "../domain/requests/outgoing-request.ts";
import {
  type Connection,
  type Connections,
  openConnections,
  type Place,
  placeFor,
} from "./connections.ts";
import { guardedLookup, type Names, openNames } from "./dns/names.ts";
import { Deadline, ExchangeError, exchange } from "./exchange.ts";
import {
  answerOutcome,
  outcomeOfError,
  outcomeWithIdentity,
  type WebhookResponse,
} from "./outcome.ts";

/** What came of one POST. */
export interface Reply {
  readonly outcome: Outcome;
  readonly latencyMs: number;
  /** The first bytes of the answer's body, as text; cut between characters. */
  readonly responseBody: string;
  /** Of a failed answer, as they may be shown. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
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
  const { now = Date.now } = options;
  const tools = { connections: openConnections(now), options, names };
  const placeOf = openPlaces(options);

  return {
    async post(request) {
      const startMs = performance.now();
      const since = () => Math.round(performance.now() - startMs);
      const place = placeOf(request.url);
      if ("refusal" in place) {
        return unanswered({ kind: "refused", error: place.refusal }, since());
      }
      const deadline = new Deadline(request.timeoutMs);
      const replaced = { isReplaced: false };
      try {
        const own = placeFor(place, request.clientIdentity);
        const answer = await send(tools, own, request, deadline, replaced);
        const shown = await answerOutcome(answer, request.url, request.bytesKept);
        return { ...shown, latencyMs: since(), ...(replaced.isReplaced && replaced) };
      } catch (error) {
        const { clientIdentity: identity, timeoutMs } = request;
        const outcome = outcomeOfError(error, timeoutMs);
        const told = outcomeWithIdentity(outcome, identity, now());
        return { ...unanswered(told, since()), ...(replaced.isReplaced && replaced) };
      } finally {
        deadline.stop();
      }
    },
  };
}

function unanswered(outcome: Outcome, latencyMs: number): Reply {
  return { outcome, latencyMs, responseBody: "" };
}

interface Tools {
  readonly connections: Connections;
  readonly options: AddressOptions;
  readonly names: Names;
}

/** One deadline over DNS, TCP, TLS and headers, of both connections if the first had died idle. */
async function send(
  tools: Tools,
  place: Place,
  request: OutgoingRequest,
  deadline: Deadline,
  replaced: { isReplaced: boolean },
): Promise<WebhookResponse> {
  const { connections } = tools;
  const { path, authority } = place;
  const { headers, body, bytesKept } = request;
  const own = { connection: "keep-alive", "content-length": body.length };
  const post = { path, headers: { host: authority, ...headers, ...own }, body, bytesKept };
  const sendOn = (connection: Connection) =>
    exchange(connection, post, deadline, () => connections.keep(place, connection));

  const idle = connections.takeIdle(place);
  if (!idle) return sendOn(open(tools, place, request, deadline));
  try {
    return await sendOn(idle);
  } catch (error) {
    if (!(error instanceof ExchangeError) || !error.isDeadConnection) throw error;
    replaced.isReplaced = true;
    // What has been idle beside it may have died with it.
    connections.endIdle(place);
    return await sendOn(open(tools, place, request, deadline));
  }
}

function open(
  { connections, options, names }: Tools,
  place: Place,
  { cacheName, timeoutMs }: OutgoingRequest,
  { signal }: Deadline,
): Connection {
  const asker = { cacheName, timeoutMs: Math.min(maxLookupMs, timeoutMs / 2), signal };
  return connections.open(place, {
    lookup: guardedLookup(place.port, options, names, asker),
    addressMs: Math.max(1_000, Math.min(maxAddressMs, Math.round(timeoutMs / 3))),
  });
}

/** How many URLs are remembered. */
const maxPlaces = 500;

export type PlaceOf = (url: string) => Place | { readonly refusal: string };

/** Checks URLs and takes them apart; the messages of one batch often have the same. */
function openPlaces(options: AddressOptions): PlaceOf {
  const known = new Map<string, Place | { readonly refusal: string }>();
  return (url) => {
    const before = known.get(url);
    if (before) return before;
    const refusal = checkDestination(url, options);
    const place = refusal === undefined ? placeAt(new URL(url)) : { refusal };
    if (known.size >= maxPlaces) known.clear();
    known.set(url, place);
    return place;
  };
}

/** A final dot says that a name is whole; certificates and servers know the name without it. */
function placeAt({ protocol, hostname, port: written, pathname, search }: URL): Place {
  const isTls = protocol === "https:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const port = Number(written) || (isTls ? 443 : 80);
  const name = hostname.replace(/\.$/, "");
  return {
    key: `${protocol}//${hostname}:${port}`,
    isTls,
    host,
    port,
    ...(isTls && isIP(host) === 0 && { servername: name }),
    authority: written === "" ? name : `${name}:${written}`,
    path: pathname + search,
  };
}
