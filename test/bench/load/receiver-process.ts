/** A receiver that does next to nothing: it notes who came when, and answers 200, but never below `/dead`, after ten seconds below `/slow`, and but once a connection below `/named`. */
import { once } from "node:events";
import { createServer } from "node:http";
import * as z from "zod/mini";
import { portOf } from "../../support/process/free-port.ts";
import { machineMs } from "../clock.ts";
import { answerQuestions } from "../isolation/answer-questions.ts";
import { Arrivals } from "./arrivals.ts";

const Asked = z.object({ audience: z.string(), count: z.int() });

/** By the first segment of the path. */
const arrivals = new Map<string, Arrivals>();
const arrivalsOf = (audience: string) => {
  const known = arrivals.get(audience) ?? new Arrivals();
  arrivals.set(audience, known);
  return known;
};

const server = createServer((request, response) => {
  const atMs = machineMs();
  const audience = request.url?.split("/")[1] ?? "";
  arrivalsOf(audience).add({ messageId: String(request.headers["webhook-id"]), atMs });
  request.resume();
  if (audience === "named") response.setHeader("connection", "close");
  const answer = () => response.end();
  if (audience === "slow") request.once("end", () => setTimeout(answer, 10_000).unref());
  else if (audience !== "dead") request.once("end", answer);
}).listen(0, "127.0.0.1");
server.keepAliveTimeout = 0;
await once(server, "listening");

answerQuestions(
  {
    url: () => `http://127.0.0.1:${portOf(server)}`,
    take: (input) => {
      const { audience, count } = z.parse(Asked, input);
      return arrivalsOf(audience).take(count);
    },
  },
  async () => server.closeAllConnections(),
);
