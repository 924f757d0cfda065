/** A receiver that does next to nothing: it notes who came when, and answers 200, or never below `/dead`. */
import { once } from "node:events";
import { createServer } from "node:http";
import { portOf } from "../support/free-port.ts";
import { answerQuestions } from "./answer-questions.ts";
import { machineMs } from "./clock.ts";

let arrivals: { path: string; messageId: string; atMs: number }[] = [];

const server = createServer((request, response) => {
  const { url: path = "", headers } = request;
  arrivals.push({ path, messageId: String(headers["webhook-id"]), atMs: machineMs() });
  request.resume();
  if (!path.startsWith("/dead")) request.once("end", () => response.end());
}).listen(0, "127.0.0.1");
server.keepAliveTimeout = 0;
await once(server, "listening");

answerQuestions(
  {
    url: () => `http://127.0.0.1:${portOf(server)}`,
    count: () => arrivals.length,
    take: () => {
      const taken = arrivals;
      arrivals = [];
      return taken;
    },
  },
  async () => server.closeAllConnections(),
);
