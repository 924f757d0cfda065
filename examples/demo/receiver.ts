import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** How a receiver of the demo behaves: the first part of its path says which. */
export type Behaviour = "ok" | "slow" | "flaky" | "broken" | "busy" | "gone";

export interface DemoReceiver extends AsyncDisposable {
  readonly url: string;
}

const slowMs = 2_500;

/** A receiver on this machine that answers well, badly, late or not at all, as its path asks. */
export async function startReceiver(): Promise<DemoReceiver> {
  const server = createServer(async (request, response) => {
    request.resume();
    await once(request, "end");
    const [, behaviour = "ok"] = (request.url ?? "/").split("/");
    const { status, body, headers } = await answerOf(behaviour);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const busyMs = 30_000;
let busyUntilMs = 0;

/** One request each half minute, and no more: it never fails for good, and never keeps up. */
function takesOne(): boolean {
  const isFree = performance.now() >= busyUntilMs;
  if (isFree) busyUntilMs = performance.now() + busyMs;
  return isFree;
}

const tooManyRequests: Answer = {
  status: 429,
  body: '{"error":"too many requests"}',
  headers: { "retry-after": String(busyMs / 1_000) },
};

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

async function answerOf(behaviour: string): Promise<Answer> {
  switch (behaviour as Behaviour) {
    case "slow":
      await pause(slowMs);
      return { status: 200, body: '{"ok":true}' };
    case "flaky":
      return Math.random() < 0.3
        ? { status: 502, body: '{"error":"upstream timed out"}' }
        : { status: 200, body: '{"ok":true}' };
    case "broken":
      return { status: 500, body: '{"error":"the database is down"}' };
    case "busy":
      return takesOne() ? { status: 204 } : tooManyRequests;
    case "gone":
      return { status: 410, body: '{"error":"this endpoint was removed"}' };
    default:
      return { status: 204 };
  }
}
