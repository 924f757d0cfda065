import { connect, type LookupFunction, type Socket, type TcpNetConnectOpts } from "node:net";
import { connect as connectOverTls, createSecureContext, type SecureContext } from "node:tls";
import type { ClientIdentity } from "../domain/requests/outgoing-request.ts";

/** Where a URL is posted to. */
export interface Place {
  /** Those who share it share connections. */
  readonly key: string;
  readonly isTls: boolean;
  readonly host: string;
  readonly port: number;
  /** The name that its certificate must have; none for an address. */
  readonly servername?: string;
  /** What the `host` header says. */
  readonly authority: string;
  /** With the query. */
  readonly path: string;
  /** By what we identify ourselves to it, if it is to know; a part of the key. */
  readonly identity?: ClientIdentity;
}

/** The same place for a request with an identity: a connection that was made with one serves no other. */
export function placeFor(place: Place, identity: ClientIdentity | undefined): Place {
  return identity ? { ...place, key: `${place.key} ${identity.id}`, identity } : place;
}

/** Receivers close idle connections after five seconds and more; what is older may be closed already. */
const maxIdleMs = 4_000;

/** Of one receiver. */
const maxIdleConnections = 64;

/** How many receivers' TLS sessions are kept, which spare a new connection half of its handshake; and certificates read. */
const maxRemembered = 100;

/** How an address of the place is found, and for how long each of several is tried. */
export interface Opening {
  readonly lookup: LookupFunction;
  readonly addressMs: number;
}

/** Kept-alive connections that outlive the invocation. All of them are made under the same rules. */
export interface Connections {
  /** The one that was used last, if it is worth trusting. */
  takeIdle(place: Place): Connection | undefined;
  open(place: Place, opening: Opening): Connection;
  /** For the next request, if it is still open. */
  keep(place: Place, connection: Connection): void;
  endIdle(place: Place): void;
}

export function openConnections(now: () => number): Connections {
  const idle = new Map<string, Connection[]>();
  const sessions = openSessions();
  const contextOf = openContexts();
  let isSweepDue = false;

  /** By a clock that goes on while the environment is frozen. */
  function isTrusted({ socket, idleSinceMs }: Connection): boolean {
    const idleMs = now() - idleSinceMs;
    return idleMs >= 0 && idleMs <= maxIdleMs && socket.readyState === "open";
  }

  function endOld(): void {
    for (const [key, kept] of idle) {
      const trusted = kept.filter(isTrusted);
      for (const one of kept) if (!trusted.includes(one)) one.socket.destroy();
      if (trusted.length > 0) idle.set(key, trusted);
      else idle.delete(key);
    }
    isSweepDue = false;
    if (idle.size > 0) endOldLater();
  }

  function endOldLater(): void {
    if (isSweepDue) return;
    isSweepDue = true;
    setTimeout(endOld, maxIdleMs).unref();
  }

  return {
    takeIdle({ key }) {
      const kept = idle.get(key) ?? [];
      for (let one = kept.pop(); one; one = kept.pop()) {
        if (isTrusted(one)) {
          one.socket.ref();
          one.beginAnswer();
          return one;
        }
        one.socket.destroy();
      }
      return undefined;
    },

    open(place, { lookup, addressMs }) {
      const options: TcpNetConnectOpts = {
        host: place.host,
        port: place.port,
        lookup,
        noDelay: true,
        keepAlive: true,
        autoSelectFamily: true,
        autoSelectFamilyAttemptTimeout: addressMs,
      };
      if (!place.isTls) return new Connection(connect(options));
      const { key, servername } = place;
      const socket = connectOverTls({
        ...options,
        ...(servername !== undefined && { servername }),
        ...sessions.of(key),
        ...(place.identity && { secureContext: contextOf(place.identity) }),
        ALPNProtocols: ["http/1.1"],
      });
      socket.on("session", (session) => sessions.keep(key, session));
      socket.once("close", (hadError) => hadError && sessions.forget(key));
      return new Connection(socket);
    },

    keep({ key }, connection) {
      if (connection.socket.readyState !== "open") return;
      const kept = idle.get(key) ?? [];
      if (kept.length >= maxIdleConnections) return void connection.socket.destroy();
      connection.idleSinceMs = now();
      connection.socket.unref();
      kept.push(connection);
      idle.set(key, kept);
      endOldLater();
    },

    endIdle({ key }) {
      for (const { socket } of idle.get(key) ?? []) socket.destroy();
      idle.delete(key);
    },
  };
}

/** The latest of each place; those of the places that were connected to last. */
function openSessions() {
  const sessions = new Map<string, Buffer>();
  return {
    of(key: string): { session?: Buffer } {
      const session = sessions.get(key);
      return session ? { session } : {};
    },
    keep(key: string, session: Buffer): void {
      sessions.delete(key);
      sessions.set(key, session);
      const [oldest] = sessions.keys();
      if (sessions.size > maxRemembered && oldest !== undefined) sessions.delete(oldest);
    },
    forget: (key: string) => void sessions.delete(key),
  };
}

/** Certificate and key as TLS has them: to read them again would cost each connection more than the rest of it. */
function openContexts() {
  const contexts = new Map<string, SecureContext>();
  return ({ id, certificatePem, privateKey, caPem }: ClientIdentity): SecureContext => {
    const known = contexts.get(id);
    contexts.delete(id);
    const context =
      known ?? createSecureContext({ cert: certificatePem, key: privateKey.reveal(), ca: caPem });
    contexts.set(id, context);
    const [oldest] = contexts.keys();
    if (contexts.size > maxRemembered && oldest !== undefined) contexts.delete(oldest);
    return context;
  };
}

/** The code of the error with which a connection ends whose answer is longer than is read. */
export const tooLongCode = "HOOKCAST_ANSWER_TOO_LONG";

/** What is read of a body, and what of the lines before it, interim answers included. */
export const maxBodyBytes = 65_536;
export const maxHeadBytes = 65_536;

/**
 * A connection to a receiver, which keeps the bytes of the present answer as they come. It is closed once
 * they are more than are read of any. What the parser steps over counts as well: interim answers, the
 * extensions of chunks, trailers. Between two answers it has nothing to say: a connection that speaks
 * then is closed, or that would answer the next request.
 */
export class Connection {
  readonly socket: Socket;
  chunks: Buffer[] = [];
  bytes = 0;
  /** Whether it has carried another request before. */
  isReused = false;
  idleSinceMs = 0;
  #isAnswering = true;

  constructor(socket: Socket) {
    this.socket = socket;
    // The first listener, so that an answer is known as it came by the time that it is understood.
    socket.on("data", (chunk: Buffer) => this.#keep(chunk));
    // A request hears of errors by itself; without one they concern nobody.
    socket.on("error", () => {});
  }

  /** What comes from now on answers the next request. */
  beginAnswer(): void {
    this.#isAnswering = true;
  }

  /** What comes from now on answers nothing. */
  endAnswer(): void {
    this.#isAnswering = false;
    this.isReused = true;
    this.chunks = [];
    this.bytes = 0;
  }

  #keep(chunk: Buffer): void {
    if (!this.#isAnswering) return void this.socket.destroy();
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes <= maxHeadBytes + maxBodyBytes) return;
    this.socket.destroy(Object.assign(new Error("the answer is too long"), { code: tooLongCode }));
  }
}
