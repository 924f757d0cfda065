import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";

/** Receivers close idle connections after five seconds and more; what is older may be closed already. */
const maxIdleMs = 4_000;

/** Of one receiver. */
const maxConnections = 64;

export interface Connections {
  /** The agent for this protocol, rid of the idle connections to the place that are not worth trusting. */
  agentFor(target: Target): HttpAgent;
  /** As before, without any idle connection to the place: what follows opens a new one. */
  agentWithoutIdle(target: Target): HttpAgent;
}

export interface Target {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  readonly servername?: string;
}

/** Kept-alive connections that outlive the invocation. All of them are made under the same rules. */
export function openConnections(now: () => number = Date.now): Connections {
  const settings = { keepAlive: true, maxSockets: maxConnections, timeout: maxIdleMs };
  const http = new HttpAgent(settings);
  const https = new HttpsAgent(settings);
  /** When each idle connection was last used, by a clock that goes on while the environment is frozen. */
  const idleSince = new WeakMap<object, number>();
  for (const agent of [http, https]) {
    agent.on("free", (socket) => void idleSince.set(socket, now()));
  }

  function endIdle(target: Target, isEnded: (idleMs: number) => boolean): HttpAgent {
    const agent = target.protocol === "https:" ? https : http;
    const idle = agent.freeSockets[agent.getName(target)] ?? [];
    for (const socket of [...idle]) {
      if (isEnded(now() - (idleSince.get(socket) ?? 0))) socket.destroy();
    }
    return agent;
  }

  return {
    agentFor: (target) => endIdle(target, (idleMs) => idleMs < 0 || idleMs > maxIdleMs),
    agentWithoutIdle: (target) => endIdle(target, () => true),
  };
}
