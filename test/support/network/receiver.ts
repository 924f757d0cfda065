import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { portOf } from "../process/free-port.ts";

export interface Delivery {
  path: string;
  messageId: string;
  headers: Record<string, string>;
  body: Buffer;
  receivedTimeMs: number;
  /** Undefined when the signature is right, else why it is not. */
  refusal: string | undefined;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface ReceiverOptions {
  status?: number;
  delayMs?: number;
  /** Decides each answer by itself, in place of status. */
  handler?: (delivery: Delivery) => Answer | Promise<Answer>;
}

export interface Receiver extends AsyncDisposable {
  url: string;
  /** Every POST in the order of arrival. */
  deliveries: Delivery[];
  /** Has deliveries to this path verified with this secret; those that came earlier count as well. */
  trust(path: string, secret: string): void;
  /** The first delivery of a message to a path, if it has arrived. */
  find(path: string, messageId: string): Delivery | undefined;
  /** How many different pairs of path and message have arrived verified. */
  verifiedCount(): number;
  duplicateCount(): number;
}

/** An HTTP server that remembers every delivery and verifies it with an independent library. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const verifiers = new Map<string, Webhook>();
  const firsts = new Map<string, Delivery>();
  const verify = (delivery: Delivery) => {
    delivery.refusal = refusalOf(delivery, verifiers.get(delivery.path));
  };
  const server = createServer(async (request, response) => {
    const delivery = await read(request);
    verify(delivery);
    deliveries.push(delivery);
    const pair = `${delivery.path} ${delivery.messageId}`;
    if (!firsts.has(pair)) firsts.set(pair, delivery);
    await answer(response, delivery, options);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    deliveries,
    trust(path, secret) {
      verifiers.set(path, new Webhook(secret));
      deliveries.filter((delivery) => delivery.path === path).forEach(verify);
    },
    find: (path, messageId) => firsts.get(`${path} ${messageId}`),
    verifiedCount: () => [...firsts.values()].filter(({ refusal }) => refusal === undefined).length,
    duplicateCount: () => deliveries.length - firsts.size,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function read(request: IncomingMessage): Promise<Delivery> {
  const body = await buffer(request);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
  return {
    path: request.url ?? "",
    messageId: headers["webhook-id"] ?? "",
    headers,
    body,
    receivedTimeMs: Date.now(),
    refusal: undefined,
  };
}

function refusalOf({ body, headers, path }: Delivery, verifier: Webhook | undefined) {
  if (!verifier) return `no secret is known for ${path}`;
  try {
    verifier.verify(body, headers, { jsonParse: false });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

async function answer(response: ServerResponse, delivery: Delivery, options: ReceiverOptions) {
  const { status = 200, delayMs = 0, handler = (): Answer => ({ status }) } = options;
  if (delayMs > 0) await pause(delayMs);
  const { status: statusCode, headers, body } = await handler(delivery);
  response.writeHead(statusCode, headers).end(body);
}
