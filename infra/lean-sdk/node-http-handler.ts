import type { EventEmitter } from "node:events";
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import https from "node:https";
import type { Socket } from "node:net";

/** What came back, its body read to the end. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

interface Limits {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
}

interface Protocol {
  readonly Agent: new (options: { keepAlive: boolean; maxSockets: number }) => Agent;
  request(url: URL, options: RequestOptions): ClientRequest;
}

/** Posts over connections that outlive the invocation, and gives up on those that hang. */
export class NodeHttpHandler {
  readonly #limits: Limits;
  #agent: Agent | undefined;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  post(url: URL, headers: Record<string, string>, body: string): Promise<HttpAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
    const { Agent, request } = protocolOf(url);
    // A client has one endpoint, hence one agent.
    this.#agent ??= new Agent({ keepAlive: true, maxSockets: 50 });
    const sent = request(url, { method: "POST", headers, agent: this.#agent });
    sent.once("response", (answer) => void readAll(answer).then(resolve, reject));
    sent.once("error", reject);
    const { connectionTimeout, requestTimeout } = this.#limits;
    giveUp(sent, requestTimeout, { unless: sent, emits: "close" });
    sent.once("socket", (socket: Socket) => {
      if (socket.connecting) giveUp(sent, connectionTimeout, { unless: socket, emits: "connect" });
    });
    sent.end(body);
    return promise;
  }
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

async function readAll(answer: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}
