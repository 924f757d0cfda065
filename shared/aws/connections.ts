import type { EventEmitter } from "node:events";
import type { Agent, ClientRequest, IncomingHttpHeaders, RequestOptions } from "node:http";
import https from "node:https";
import { isIP, type Socket } from "node:net";

/** What came back, its body read to the end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

interface Protocol {
  readonly Agent: new (options: { keepAlive: boolean; maxSockets: number }) => Agent;
  request(url: URL, options: RequestOptions & Pick<Place, "servername">): ClientRequest;
}

/** A service's endpoint. */
interface Place {
  /** Keeps connections beyond the invocation. */
  readonly agent: Agent;
  /** The name that its certificate must have; empty for an address. */
  readonly servername: string;
}

/** Calls that hang are given up early enough to be made again within a function's time-out. Other programs may wait. */
export const callTimeouts = { connectionMs: 1_000, requestMs: 2_000 };
const maxSockets = 50;

/** A kept connection was gone before an answer began, as after a freeze: a new one may do. */
export class DeadConnectionError extends Error {
  override readonly name = "DeadConnectionError";
  readonly code: string;

  constructor(cause: NodeJS.ErrnoException) {
    super(cause.message, { cause });
    this.code = cause.code ?? "ECONNRESET";
  }
}

const places = new Map<string, Place>();

export function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  maxAnswerBytes: number,
): Promise<HttpAnswer> {
  // Node 20, on which keys are made, has no `Promise.withResolvers`.
  return new Promise((resolve, reject) => {
    const sent = protocolOf(url).request(url, { method: "POST", headers, ...placeOf(url) });
    let hasAnswer = false;
    sent.once("response", (answer) => {
      hasAnswer = true;
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > maxAnswerBytes) sent.destroy(tooLarge(maxAnswerBytes));
      });
      answer.once("error", reject);
      answer.once("end", () => {
        const bytes = Buffer.concat(chunks, size);
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, headers, bytes, text: bytes.toString() });
      });
    });
    sent.once("error", (error: NodeJS.ErrnoException) => {
      const isGone = error.code === "ECONNRESET" || error.code === "EPIPE";
      const isDead = sent.reusedSocket && !hasAnswer && isGone;
      // What killed one kept connection has most likely killed all that lay idle as long.
      if (isDead) dropIdleConnections();
      reject(isDead ? new DeadConnectionError(error) : error);
    });
    giveUp(sent, callTimeouts.requestMs, { unless: sent, emits: "close" });
    sent.once("socket", (socket: Socket) => {
      if (socket.connecting)
        giveUp(sent, callTimeouts.connectionMs, { unless: socket, emits: "connect" });
    });
    sent.end(body);
  });
}

function dropIdleConnections(): void {
  for (const { agent } of places.values()) {
    for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
  }
}

function placeOf(url: URL): Place {
  const { origin } = url;
  const known = places.get(origin);
  if (known) return known;
  const { Agent } = protocolOf(url);
  const agent = new Agent({ keepAlive: true, maxSockets });
  // Node puts a name together from all options, twice a call, to tell several places apart: this one has one.
  agent.getName = () => origin;
  const place = {
    agent,
    servername: isIP(url.hostname.replace(/^\[|\]$/g, "")) ? "" : url.hostname,
  };
  places.set(origin, place);
  return place;
}

/** `http` is not imported: that would run all its getters, and one of them loads Node's `fetch`. */
function protocolOf({ protocol }: URL): Protocol {
  return protocol === "http:" ? process.getBuiltinModule("node:http") : https;
}

function giveUp(
  sent: ClientRequest,
  afterMs: number,
  { unless, emits }: { unless: EventEmitter; emits: string },
): void {
  const timer = setTimeout(() => {
    const late = new Error(`no ${emits} within ${afterMs} ms`);
    sent.destroy(Object.assign(late, { name: "TimeoutError" }));
  }, afterMs);
  unless.once(emits, () => clearTimeout(timer));
}

function tooLarge(maxBytes: number): Error {
  const error = new Error(`an answer of more than ${maxBytes} bytes`);
  return Object.assign(error, { name: "AnswerTooLargeError" });
}
