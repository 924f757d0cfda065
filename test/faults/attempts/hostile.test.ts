import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { publish, subscribe, webhookPath } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { answerText, startRawReceiver } from "../../unit/http/raw-receiver.ts";
import { startFaultyRun } from "../run/faulty-run.ts";

const run = await startFaultyRun();
const witness = await startReceiver();
afterAll(() => witness[Symbol.asyncDispose]());

const PutAnswer = z.object({ response: z.object({ webhookId: z.string() }) });
const cacheNames = new Set<string>();

type Behave = (socket: Socket) => void;
const ok = "HTTP/1.1 200 OK\r\n";
/** Who hangs uses up the whole deadline; whoever is slow for any other reason has time. */
const hangs = /within/;
const bomb = gzipSync(Buffer.alloc(10_000_000));

const failures: [string, Behave, string | RegExp, "http" | "https"][] = [
  ["hangs", () => {}, hangs, "http"],
  ["drips its headers", (socket) => drip(socket, `${ok}x: `), hangs, "http"],
  ["resets", (socket) => socket.resetAndDestroy(), "connection reset", "http"],
  ["closes", (socket) => socket.end(), /closed/, "http"],
  ["speaks no HTTP", (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"), /not HTTP/, "http"],
  ["answers garbage to TLS", (socket) => socket.end("\0garbage\0"), /TLS/, "https"],
  ["never ends TLS", () => {}, hangs, "https"],
  ["sends endless headers", (socket) => pour(socket, `${ok}x: `), /headers/, "http"],
  ["fails", (socket) => socket.write(answerText("500 Oops", "sorry")), /500/, "http"],
];

test.concurrent.each(failures)(
  "[row: failing receiver] one that %s is retried, and its neighbour is served",
  async (name, behave, error, scheme) => {
    await using hostile = await startRawReceiver(behave);
    const timeoutSeconds = error === hangs ? 1 : 30;
    const sent = await publishTo(name, scheme, hostile.port, timeoutSeconds);
    const head = await firstAttempt(sent.webhookId, sent.messageId);
    expect(head.status).toMatch(/retrying|failed/);
    expect(head.firstAttempt?.error).toMatch(error);
  },
);

test.concurrent.each<[string, Behave]>([
  [
    "writes 100 before 200",
    (socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${answerText("200 OK")}`),
  ],
  [
    "answers 204 with a length",
    (socket) => socket.write("HTTP/1.1 204 No Content\r\ncontent-length: 17\r\n\r\n"),
  ],
  [
    "sends both a length and chunks",
    (socket) =>
      socket.write(
        `${ok}content-length: 9\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
      ),
  ],
  ["drips its body", (socket) => drip(socket, `${ok}content-length: 9999\r\n\r\n`)],
  ["promises more than it sends", (socket) => socket.end(`${ok}content-length: 10\r\n\r\nhello`)],
  [
    "cuts its last chunk",
    (socket) => socket.end(`${ok}transfer-encoding: chunked\r\n\r\n5\r\nhel`),
  ],
])("[row: status before its body] one that %s has the message", async (name, behave) => {
  await using hostile = await startRawReceiver(behave);
  const { webhookId, messageId } = await publishTo(name, "http", hostile.port);
  const head = await eventually(() => run.operator.headOf(webhookId, messageId));
  expect(head).toMatchObject({ status: "delivered", attemptCount: 1 });
});

test("[row: connection died idle] it is replaced at once, and no attempt fails", async () => {
  const used = new WeakSet<Socket>();
  await using receiver = await startRawReceiver((socket) => {
    if (used.has(socket)) return void socket.resetAndDestroy();
    used.add(socket);
    socket.write(answerText("200 OK"));
  });
  for (const name of ["first", "second", "third"]) {
    const { webhookId, messageId } = await publishTo(`idle ${name}`, "http", receiver.port);
    const head = await eventually(() => run.operator.headOf(webhookId, messageId));
    expect(head).toMatchObject({ status: "delivered", attemptCount: 1 });
  }
});

test.concurrent.each<[string, Behave]>([
  ["answers a gigabyte", (socket) => pour(socket, `${ok}content-length: 1073741824\r\n\r\n`)],
  [
    "answers a gzip bomb",
    (socket) => {
      const head = `${ok}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`;
      socket.write(Buffer.concat([Buffer.from(head), bomb]));
    },
  ],
  ["sends more than it promised", (socket) => socket.write(`${answerText("200 OK", "hello")}more`)],
])(
  "[row: failing receiver] one that %s has the message, and costs little",
  async (name, behave) => {
    await using hostile = await startRawReceiver(behave);
    const { webhookId, messageId } = await publishTo(name, "http", hostile.port);
    const head = await eventually(() => run.operator.headOf(webhookId, messageId));
    expect(head).toMatchObject({ status: "delivered", attemptCount: 1 });
    expect(Buffer.byteLength(head.firstAttempt?.responseBody ?? "")).toBeLessThan(1_024);
    // What was not read sits in socket buffers, of which the kernel has a few MiB at most.
    expect(hostile.connections[0]?.bytesWritten).toBeLessThan(32 * 1_048_576);
  },
);

test("[row: failing receiver] while one hangs, its neighbour is served", async () => {
  await using hostile = await startRawReceiver(() => {});
  const { webhookId, messageId } = await publishTo("patience", "http", hostile.port);
  expect(await run.operator.headOf(webhookId, messageId)).toBeUndefined();
});

test("[row: failing receiver] a redirect to this machine is not followed", async () => {
  await using secret = await startRawReceiver((socket) => socket.end(answerText("200 OK")));
  const location = `location: http://127.0.0.1:${secret.port}/latest/meta-data`;
  await using hostile = await startRawReceiver((socket) =>
    socket.write(answerText("307 Temporary Redirect", "", [location])),
  );
  const { webhookId, messageId } = await publishTo("redirect", "http", hostile.port);
  const head = await firstAttempt(webhookId, messageId);
  expect(head.firstAttempt).toMatchObject({ statusCode: 307 });
  await eventually(() => hostile.requestCount() > 1);
  expect(secret.connections).toEqual([]);
});

test("[row: failing receiver] one that is not there is retried like the rest", async () => {
  // A port that only root may listen on, and nobody does.
  const { webhookId, messageId } = await publishTo("closed", "http", 1);
  const head = await firstAttempt(webhookId, messageId);
  expect(head).toMatchObject({
    status: "retrying",
    firstAttempt: { error: "connection refused" },
  });
});

test("[row: failing receiver] none has made the function fail or a record come back", async () => {
  await using failing = await startRawReceiver((socket) => socket.write(answerText("500 Oops")));
  await publishTo("blame", "http", failing.port);
  await eventually(() => failing.requestCount() > 1);
  for (const cacheName of cacheNames) {
    await run.call({ method: "DELETE", path: webhookPath(cacheName, "hostile") });
  }
  await eventually(run.operator.isQuiet);
  expect(await run.failuresOf("deliver")).toBe(0);
  // On a busy machine a record may be visible again while its attempt is being made: no receiver's doing.
  const handedBack = run.lines.filter(
    (line) => line.includes("handed-back") && !line.includes("being made elsewhere"),
  );
  expect(handedBack).toEqual([]);
  expect(await run.operator.peek("QueuesDeliveryDeadLetters")).toEqual([]);
});

/** Publishes to a hostile webhook and to a witness, who must get it. */
async function publishTo(name: string, scheme: string, port: number, timeoutSeconds = 30) {
  const cacheName = name.replaceAll(" ", "-");
  cacheNames.add(cacheName);
  const body = {
    destination: { postUrl: `${scheme}://127.0.0.1:${port}/hook` },
    topicName: "t",
    config: { timeoutSeconds },
  };
  const path = webhookPath(cacheName, "hostile");
  const answer = PutAnswer.parse((await run.call({ method: "PUT", path, body })).body);
  const neighbour = { cacheName, webhookName: "witness", topicName: "t" };
  const { path: witnessPath } = await subscribe(run.call, witness, neighbour);
  const messageId = await publish(run.call, cacheName, "t", {});
  await eventually(() => witness.find(witnessPath, messageId));
  return { webhookId: answer.response.webhookId, messageId };
}

async function firstAttempt(webhookId: string, messageId: string) {
  return await eventually(async () => {
    const head = await run.operator.headOf(webhookId, messageId);
    return head?.firstAttempt ? head : undefined;
  });
}

function drip(socket: Socket, beginning: string): void {
  socket.write(beginning);
  const timer = setInterval(() => {
    if (socket.writable) socket.write("x");
    else clearInterval(timer);
  }, 20);
}

function pour(socket: Socket, beginning: string): void {
  const more = "x".repeat(65_536);
  const write = () => {
    while (socket.writable && socket.write(more));
  };
  socket.on("drain", write);
  socket.write(beginning);
  write();
}
