/** Listens where nobody is let in until it is told to go on: its queue holds two connections, and it sleeps. */
import { createServer } from "node:http";

const server = createServer((_request, response) => response.end());
server.listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => {
  process.send?.(server.address());
});
process.once("disconnect", () => process.exit());
