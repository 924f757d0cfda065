import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface StallingTarget extends AsyncDisposable {
  url: string;
}

/** Answers at `/part` with the beginning of a body, anywhere else with nothing. */
export async function startStallingTarget(): Promise<StallingTarget> {
  const server = createServer((request, response) => {
    if (request.url === "/part") response.writeHead(200).write("part");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on TCP has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
