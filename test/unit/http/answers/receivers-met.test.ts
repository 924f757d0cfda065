import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { makeAttempt } from "../../../../shared/delivery/attempt/attempt.ts";
import type { Attempted } from "../../../../shared/domain/attempts/delivery-record.ts";
import { openWebhookClient, type WebhookClient } from "../../../../shared/http/webhook-client.ts";
import { eventually } from "../../../support/eventually.ts";
import { answered, deliverDeps } from "../../delivery/deliver-deps.ts";
import { factsWith, jobWith, publishedTimeMs, webhookWith } from "../../samples.ts";
import { namesWith } from "../named-addresses.ts";
import { answerText, startRawReceiver } from "../raw-receiver.ts";

/** What the log of a delivery tells of an attempt at this receiver. */
function attemptAt(url: string, client = openWebhookClient({ allowPrivate: true }), attempt = 1) {
  const { deps } = deliverDeps(answered(200), { client });
  const { payload = { kind: "json", text: "{}" } } = jobWith();
  return makeAttempt(webhookWith({ url, timeoutSeconds: 5 }), factsWith(), payload, attempt, deps);
}

async function attemptAtAnswer(answer: string): Promise<Attempted> {
  await using receiver = await startRawReceiver((socket) => {
    socket.write(answer);
    if (answer.endsWith("breaks off")) socket.end();
  });
  return await attemptAt(receiver.url);
}

const both = "content-length: 5\r\ntransfer-encoding: chunked\r\nretry-after: 40\r\n\r\n";
const chunks = "4\r\nbusy\r\n0\r\n\r\n";

test.each([
  ["100 before 200", `HTTP/1.1 100 Continue\r\n\r\n${answerText("200 OK", "ok")}`, 200, "ok"],
  ["204 with a length", "HTTP/1.1 204 No Content\r\ncontent-length: 17\r\n\r\n", 204, ""],
  [
    "a body that breaks off",
    "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nbreaks off",
    200,
    "breaks off",
  ],
  ["a body that never comes", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n", 200, ""],
])("of %s the log says that it was delivered", async (_, answer, statusCode, responseBody) => {
  const { verdict, record } = await attemptAtAnswer(answer);
  expect(verdict).toEqual({ kind: "delivered" });
  expect(record).toMatchObject({ attempt: 1, statusCode, error: null, responseBody });
});

test("of a 429 with a length and chunks the log says so, and when it is tried again", async () => {
  const { verdict, record } = await attemptAtAnswer(`HTTP/1.1 429 Slow\r\n${both}${chunks}`);
  const notBeforeMs = publishedTimeMs + 100 + 40_000;
  expect(verdict).toEqual({ kind: "retry", error: "HTTP 429", notBeforeMs });
  expect(record).toMatchObject({ statusCode: 429, error: "HTTP 429", responseBody: "busy" });
});

test("of a 410 with a length and chunks the log says so, and the webhook is switched off", async () => {
  const { verdict, record } = await attemptAtAnswer(`HTTP/1.1 410 Gone\r\n${both}${chunks}`);
  expect(verdict).toEqual({ kind: "failed", error: "HTTP 410", disable: "gone" });
  expect(record).toMatchObject({ statusCode: 410, error: "HTTP 410" });
});

/** A receiver that resets each connection when it is used again, and a client that has used it. */
async function usedOnce(answer: string) {
  const used = new WeakSet<Socket>();
  const receiver = await startRawReceiver((socket) => {
    if (used.has(socket)) return void socket.resetAndDestroy();
    used.add(socket);
    socket.write(answer);
  });
  const client: WebhookClient = openWebhookClient({ allowPrivate: true });
  await attemptAt(receiver.url, client);
  return Object.assign(receiver, { client });
}

test("of a connection that was closed in silence the function's log says that it was replaced", async () => {
  await using receiver = await usedOnce(answerText("200 OK"));
  const lines: unknown[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(JSON.parse(String(text)));
    return true;
  });
  const { verdict, record } = await attemptAt(receiver.url, receiver.client, 3).finally(() =>
    write.mockRestore(),
  );
  expect(verdict).toEqual({ kind: "delivered" });
  expect(record).toMatchObject({ attempt: 3, statusCode: 200, error: null });
  const { messageId } = factsWith();
  const { webhookId } = webhookWith();
  const line = { level: "info", event: "connection.replaced", webhookId, messageId, attempt: 3 };
  expect(lines).toContainEqual(line);
});

test("of an attempt that failed after that the delivery's log says so too", async () => {
  await using receiver = await usedOnce(answerText("500 Oops"));
  const { verdict, record } = await attemptAt(receiver.url, receiver.client);
  expect(verdict).toEqual({ kind: "retry", error: "HTTP 500" });
  expect(record.error).toBe("HTTP 500, on a second connection");
});

/** Whether somebody asks for a connection to the port and has no answer yet. */
function isGreeting(port: number): boolean {
  const sent = new RegExp(`:${port.toString(16).padStart(4, "0")} 02 `, "i");
  return sent.test(readFileSync("/proc/net/tcp", "utf8"));
}

test("of two addresses the first is given longer than a moment, and the log says that it was delivered", async () => {
  const listener = fork(join(import.meta.dirname, "stopped-listener.ts"));
  const crowd: Socket[] = [];
  try {
    const { port } = z.parse(z.object({ port: z.number() }), (await once(listener, "message"))[0]);
    listener.kill("SIGSTOP");
    // As many as its queue holds; the next one's greeting is repeated by the system after a second.
    for (let n = 0; n < 2; n += 1) {
      const socket = connect(port, "127.0.0.1").on("error", () => {});
      crowd.push(socket);
      await once(socket, "connect");
    }
    const names = namesWith(["127.0.0.1", "127.0.0.2"]);
    const client = openWebhookClient({ allowPrivate: true }, names);
    const attempt = attemptAt(`http://slow.example:${port}/`, client);
    await eventually(() => isGreeting(port));
    listener.kill("SIGCONT");
    expect((await attempt).record).toMatchObject({ statusCode: 200, error: null });
  } finally {
    for (const socket of crowd) socket.destroy();
    listener.kill("SIGKILL");
  }
});
