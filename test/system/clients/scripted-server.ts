import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { portOf } from "../../support/process/free-port.ts";
import { expectMatch } from "./match.ts";
import type { Reply, Requests } from "./scenario.ts";

interface SentRequest {
  target: string;
  method: string;
  headers: Record<string, unknown>;
  body: string;
  receivedTimeMs: number;
}

interface ScriptedServer extends AsyncDisposable {
  url: string;
  requests: SentRequest[];
}

/** A server that gives these replies one after the other, the last one for ever. */
export async function startScriptedServer(replies: readonly Reply[]): Promise<ScriptedServer> {
  const requests: SentRequest[] = [];
  const server = createServer(async (request, response) => {
    const receivedTimeMs = performance.now();
    const { url: target = "", method = "", headers } = request;
    const body = await text(request);
    requests.push({ target, method, headers, body, receivedTimeMs });
    reply(response, replies[Math.min(requests.length, replies.length) - 1] ?? {});
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function reply(response: ServerResponse, { status = 200, headers, body, fault }: Reply): void {
  if (fault === "silent") return;
  if (fault === "closed") {
    response.destroy();
    return;
  }
  const content = typeof body === "string" ? body : JSON.stringify(body ?? {});
  const length = { "content-length": String(Buffer.byteLength(content) + (fault ? 1000 : 0)) };
  response.writeHead(status, { "content-type": "application/json", ...length, ...headers });
  if (!fault) {
    response.end(content);
    return;
  }
  response.write(content, () => {
    if (fault === "cut") response.destroy();
  });
  if (fault === "endless") {
    const timer = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(timer));
  }
}

export function expectRequests(requests: readonly SentRequest[], expected: Requests): void {
  expect(requests).toHaveLength(expected.count);
  for (const request of requests) {
    if (expected.target) expect(inOrder(request.target)).toBe(inOrder(expected.target));
    if (expected.method) expect(request.method).toBe(expected.method);
    if (expected.headers) expectMatch(request.headers, expected.headers);
    if (expected.body) expectMatch(JSON.parse(request.body), expected.body);
  }
  for (const name of expected.same ?? []) {
    const values = requests.map(({ headers, body }) => (name === "body" ? body : headers[name]));
    expect(values[0], name).toBeTruthy();
    expect(new Set(values).size, name).toBe(1);
  }
  const [first, second] = requests;
  if (expected.minWaitMs && first && second) {
    const waitMs = second.receivedTimeMs - first.receivedTimeMs;
    expect(waitMs).toBeGreaterThanOrEqual(expected.minWaitMs);
  }
}

/** The parts of a query may stand in any order. */
function inOrder(target: string): string {
  const [path = "", query = ""] = target.split("?");
  return `${path}?${query.split("&").sort().join("&")}`;
}
