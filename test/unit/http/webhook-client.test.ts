import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { openWebhookClient } from "../../../shared/http/webhook-client.ts";
import { eventually } from "../../support/eventually.ts";
import { answerText, startRawReceiver } from "./raw-receiver.ts";

const client = openWebhookClient({ allowPrivate: true });

function post(url: string, changes: { body?: Buffer; headers?: Record<string, string> } = {}) {
  const { body = Buffer.from("{}"), headers = { "content-type": "application/json" } } = changes;
  return client.post({ cacheName: "c", url, headers, body, timeoutMs: 5_000 });
}

interface Received {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

async function startReceiver(answer: (response: ServerResponse) => void) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: await buffer(request) });
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has one
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

test("posts exactly the given bytes and headers to path and query", async () => {
  await using receiver = await startReceiver((response) => response.end());
  const body = Buffer.from([0, 255, 123, 10]);
  const headers = { "content-type": "text/x", "x-tab": "a\tb", "webhook-id": "msg_1" };
  await post(`${receiver.url}/a%2Fb?c=%20d`, { body, headers });
  const [request] = receiver.received;
  expect(request).toMatchObject({ method: "POST", url: "/a%2Fb?c=%20d", body });
  expect(request?.headers).toEqual({
    ...headers,
    host: new URL(receiver.url).host,
    connection: "keep-alive",
    "content-length": "4",
  });
});

test("gives the answer's status, what it asks for, and its body", async () => {
  await using receiver = await startReceiver((response) => {
    const headers = { "retry-after": "120", "webhook-delivery": "abort-message" };
    response.writeHead(503, headers).end("größer 💳");
  });
  const { outcome, responseBody, latencyMs } = await post(receiver.url);
  expect(outcome).toEqual({
    kind: "answer",
    statusCode: 503,
    headers: { retryAfter: "120", webhookDelivery: "abort-message" },
  });
  expect(responseBody).toBe("größer 💳");
  expect(latencyMs).toBeGreaterThanOrEqual(0);
});

test.each([200, 204, 299, 301, 400, 410, 429, 500, 599])(
  "answers status %i as it is",
  async (status) => {
    await using receiver = await startReceiver((response) => response.writeHead(status).end());
    expect((await post(receiver.url)).outcome).toMatchObject({
      kind: "answer",
      statusCode: status,
    });
  },
);

test.each([301, 302, 303, 307, 308])("does not follow a %i", async (status) => {
  await using target = await startReceiver((response) => response.end());
  await using receiver = await startReceiver((response) =>
    response.writeHead(status, { location: target.url }).end(),
  );
  expect((await post(receiver.url)).outcome).toMatchObject({ kind: "answer", statusCode: status });
  expect(receiver.received).toHaveLength(1);
  expect(target.received).toEqual([]);
});

test("keeps 2 KiB of a body and cuts no character in two", async () => {
  await using receiver = await startReceiver((response) => response.end(`a${"💳".repeat(1_000)}`));
  expect((await post(receiver.url)).responseBody).toBe(`a${"💳".repeat(511)}`);
});

test("uses connections again, after long answers too", async () => {
  await using receiver = await startRawReceiver((socket) =>
    socket.write(answerText("200 OK", "x".repeat(60_000))),
  );
  for (let n = 0; n < 10; n += 1) await post(receiver.url);
  expect(receiver.requestCount()).toBe(10);
  // A second one is opened when the first is not quite free yet.
  expect(receiver.connections.length).toBeLessThanOrEqual(2);
});

test("waits for the final answer behind informational ones", async () => {
  await using receiver = await startRawReceiver((socket) =>
    socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${answerText("204 No Content")}`),
  );
  expect((await post(receiver.url)).outcome).toMatchObject({ kind: "answer", statusCode: 204 });
});

test("lets a slow answer to one post delay no other to the same receiver", async () => {
  const waiting: ServerResponse[] = [];
  await using receiver = await startReceiver((response) => {
    waiting.push(response);
    if (waiting.length === 20) for (const one of waiting) one.end();
  });
  const replies = await Promise.all(Array.from({ length: 20 }, () => post(receiver.url)));
  expect(replies.every(({ outcome }) => outcome.kind === "answer")).toBe(true);
});

test("leaves no connection behind when a header cannot be written", async () => {
  await using receiver = await startRawReceiver(() => {});
  const { outcome } = await post(receiver.url, { headers: { "x-odd": "a\nb" } });
  expect(outcome.kind).toBe("unreachable");
  await eventually(() => receiver.connections.every(({ destroyed }) => destroyed));
  expect(receiver.requestCount()).toBe(0);
});

test("says that nobody listens", async () => {
  const receiver = await startRawReceiver(() => {});
  await receiver[Symbol.asyncDispose]();
  expect((await post(receiver.url)).outcome).toEqual({
    kind: "unreachable",
    error: "connection refused",
  });
});

test.each([
  ["a URL that is no longer legal", true, "http://user@127.0.0.1:PORT/"],
  ["the runtime API", true, "http://127.0.0.1:9001/2018-06-01/runtime"],
  ["http", false, "http://127.0.0.1:PORT/"],
  ["a private address", false, "https://127.0.0.1:PORT/"],
  ["a private address in disguise", false, "https://2130706433:PORT/"],
  ["a name that means this machine", false, "https://localhost:PORT/"],
])("refuses %s without a connection", async (_, allowPrivate, template) => {
  await using receiver = await startRawReceiver(() => {});
  const url = template.replace("PORT", String(receiver.port));
  const reply = await openWebhookClient({ allowPrivate }).post({
    cacheName: "c",
    url,
    headers: {},
    body: Buffer.alloc(0),
    timeoutMs: 1_000,
  });
  expect(reply).toMatchObject({ outcome: { kind: "refused" }, responseBody: "" });
  expect(receiver.connections).toEqual([]);
});
