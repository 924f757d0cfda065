import { connect, type LookupFunction, type TcpNetConnectOpts } from "node:net";
import { connect as connectOverTls } from "node:tls";
import { Connection } from "./connection.ts";
import type { Place } from "./place.ts";

/** Receivers close idle connections after five seconds and more; what is older may be closed already. */
const maxIdleMs = 4_000;

/** Of one receiver. */
const maxIdleConnections = 64;

/** How many receivers' TLS sessions are kept, which spare a new connection half of its handshake. */
const maxSessions = 100;

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

export function openConnections(now: () => number = Date.now): Connections {
  const idle = new Map<string, Connection[]>();
  const sessions = openSessions();
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
      if (sessions.size > maxSessions && oldest !== undefined) sessions.delete(oldest);
    },
    forget: (key: string) => void sessions.delete(key),
  };
}
