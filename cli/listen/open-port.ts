import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Failure } from "../output/failure.ts";

interface OpenPort extends AsyncDisposable {
  readonly server: Server;
  readonly url: string;
}

/** A port that only this machine reaches; 0 is any that is free. */
export async function openPort(port: number): Promise<OpenPort> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    const isTaken = error.code === "EADDRINUSE";
    const message = isTaken ? `port ${port} is taken: choose another --port` : error.message;
    throw new Failure("usage", message);
  });
  // A server that listens on TCP has an address of this kind.
  const address = server.address() as AddressInfo;
  return {
    server,
    url: `http://127.0.0.1:${address.port}/`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
