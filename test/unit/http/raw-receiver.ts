import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

export interface RawReceiver {
  readonly port: number;
  readonly url: string;
  /** Every connection so far. */
  readonly connections: readonly Socket[];
  /** How many requests have begun, on whatever connection. */
  requestCount(): number;
}

type Behave = (socket: Socket, requestCount: number) => void;

/**
 * A receiver that may misbehave: below HTTP, it does to a connection what it is told whenever a request
 * begins on it. Undone by disposing of it.
 */
export async function startRawReceiver(onRequest: Behave): Promise<RawReceiver & AsyncDisposable> {
  const connections: Socket[] = [];
  let requests = 0;
  const server = createServer((socket) => {
    connections.push(socket);
    socket.on("error", () => {}); // its peer may hang up at any time: that is what is tested
    socket.on("data", (chunk) => {
      // A TLS greeting begins with byte 22; of HTTP, one request fits into one chunk here.
      if (chunk[0] !== 22 && !chunk.includes("POST ")) return;
      requests += 1;
      onRequest(socket, requests);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has one
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    connections,
    requestCount: () => requests,
    async [Symbol.asyncDispose]() {
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** A whole answer with its length. */
export function answerText(status: string, body = "", headers: string[] = []): string {
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return [`HTTP/1.1 ${status}`, length, ...headers, "", body].join("\r\n");
}
