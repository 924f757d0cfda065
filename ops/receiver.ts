/** `npm run receiver`: a webhook receiver for people, to watch deliveries arrive. */
import type { AddressInfo } from "node:net";
import { onceParentIsGone } from "./parent-gone.ts";
import { parseReceiverArguments, type ReceiverSettings, usage } from "./receiver/arguments.ts";
import { createReceiver } from "./receiver/server.ts";

const settings = parseReceiverArguments(process.argv.slice(2));
if (typeof settings === "string") {
  console.error(`${settings}\n\n${usage}`);
  process.exitCode = 1;
} else {
  listen(settings);
}

function listen(settings: ReceiverSettings): void {
  const server = createReceiver(settings, (line) => console.log(line));
  server.once("error", (error: NodeJS.ErrnoException) => {
    const isTaken = error.code === "EADDRINUSE";
    console.error(
      isTaken ? `Port ${settings.port} is taken: choose another --port.` : error.message,
    );
    process.exitCode = 1;
  });
  server.listen(settings.port, "127.0.0.1", () => {
    // A server that listens on TCP has an address of this kind.
    const { port } = server.address() as AddressInfo;
    console.log(`listening on http://127.0.0.1:${port}`);
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  if (process.env.npm_lifecycle_event) onceParentIsGone(stop);
}
