import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openWebhookClient, type Reply } from "../../../shared/http/webhook-client.ts";
import { eventually } from "../../support/eventually.ts";
import { answerText, type RawReceiver, startRawReceiver } from "./raw-receiver.ts";

const client = openWebhookClient({ allowPrivate: true });

function post(url: string, timeoutMs = 5_000): Promise<Reply> {
  const headers = { "content-type": "application/json" };
  return client.post({ cacheName: "c", url, headers, body: Buffer.from("{}"), timeoutMs });
}

/** Enough to connect and to send a greeting on a busy machine. */
const shortMs = 500;

async function expectDeadline({ url }: Pick<RawReceiver, "url">): Promise<void> {
  const { outcome, latencyMs } = await post(url, shortMs);
  expect(outcome).toEqual({
    kind: "unreachable",
    error: `no full answer within ${shortMs / 1000} s`,
    isTimeout: true,
  });
  // None of these receivers ever ends what it does: whoever waits longer waits for good.
  expect(latencyMs).toBeGreaterThanOrEqual(shortMs - 10);
}

test("gives up at the deadline when nothing is answered", async () => {
  await using receiver = await startRawReceiver(() => {});
  await expectDeadline(receiver);
  await eventually(() => receiver.connections[0]?.destroyed);
});

test("lets no receiver stretch the deadline by dripping headers", async () => {
  await using receiver = await startRawReceiver((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    drip(socket, "x: y\r\n");
  });
  await expectDeadline(receiver);
});

test("takes the status of an answer whose body drips, and waits no longer than the deadline", async () => {
  await using receiver = await startRawReceiver((socket) => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
    drip(socket, "x");
  });
  expect((await post(receiver.url, shortMs)).outcome).toMatchObject({ statusCode: 200 });
  await eventually(() => receiver.connections[0]?.destroyed);
});

test("lets no receiver stretch the deadline by answers that promise another", async () => {
  await using receiver = await startRawReceiver((socket) => {
    drip(socket, "HTTP/1.1 103 Early Hints\r\n\r\n");
  });
  await expectDeadline(receiver);
});

test("counts the TLS handshake into the deadline", async () => {
  await using receiver = await startRawReceiver(() => {});
  await expectDeadline({ url: receiver.url.replace("http:", "https:") });
  await eventually(() => receiver.requestCount() === 1);
});

test("is not held up by an earlier handshake that still hangs", async () => {
  await using receiver = await startRawReceiver((socket, count) => {
    if (count > 1) socket.end("this is not TLS");
  });
  const url = receiver.url.replace("http:", "https:");
  await expectDeadline({ url });
  const { outcome } = await post(url);
  expect(outcome).toMatchObject({ kind: "unreachable", error: expect.stringMatching(/^TLS: /) });
});

test("never posts late what it gave up before the connection was there", async () => {
  const greetings: Buffer[] = [];
  await using receiver = await startRawReceiver((socket) => {
    socket.on("data", (chunk) => greetings.push(chunk));
  });
  await expectDeadline({ url: receiver.url.replace("http:", "https:") });
  expect(Buffer.concat(greetings).includes("POST")).toBe(false);
});

test("takes a reset for no answer", async () => {
  await using receiver = await startRawReceiver((socket) => socket.resetAndDestroy());
  expect((await post(receiver.url)).outcome).toEqual({
    kind: "unreachable",
    error: "connection reset",
  });
});

test("takes a connection that closes without a word for no answer", async () => {
  await using receiver = await startRawReceiver((socket) => socket.end());
  expect((await post(receiver.url)).outcome).toEqual({
    kind: "unreachable",
    error: "connection closed before the answer was complete",
  });
});

test.each([
  ["its content-length", "content-length: 10\r\n\r\nhello"],
  ["its last chunk", "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"],
])("takes the status of a 200 that is cut before %s", async (_, rest) => {
  await using receiver = await startRawReceiver((socket) =>
    socket.end(`HTTP/1.1 200 OK\r\n${rest}`),
  );
  expect((await post(receiver.url)).outcome).toMatchObject({ kind: "answer", statusCode: 200 });
});

test("believes a content-length that is shorter than the body, and drops the connection", async () => {
  await using receiver = await startRawReceiver((socket) =>
    socket.write(`${answerText("200 OK", "hello")}and more`),
  );
  const { outcome, responseBody } = await post(receiver.url);
  expect(outcome).toMatchObject({ kind: "answer", statusCode: 200 });
  expect(responseBody).toBe("hello");
  await eventually(() => receiver.connections[0]?.destroyed);
});

test.each(["SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 OK 200\r\n\r\n", "\0\0\0\0"])(
  "takes %j for no HTTP",
  async (greeting) => {
    await using receiver = await startRawReceiver((socket) => socket.end(greeting));
    expect((await post(receiver.url)).outcome).toMatchObject({
      kind: "unreachable",
      error: expect.stringMatching(/^the answer is not HTTP/),
    });
  },
);

test("refuses an answer with too many headers", async () => {
  await using receiver = await startRawReceiver((socket) =>
    socket.write(answerText("200 OK", "", [`x: ${"y".repeat(70_000)}`])),
  );
  expect((await post(receiver.url)).outcome).toEqual({
    kind: "unreachable",
    error: "answer with too many headers",
  });
});

test.each([
  ["interim answers", () => "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n".repeat(1_000)],
  ["interim answers of another kind", () => "HTTP/1.1 102 Processing\r\n\r\n".repeat(2_000)],
])("hangs up on a flood of %s after 128 KiB", async (_, piece) => {
  let sent = 0;
  await using receiver = await startRawReceiver((socket) => {
    const write = () => {
      while (!socket.destroyed && sent < 50_000_000 && socket.write(piece()))
        sent += piece().length;
      if (!socket.destroyed) socket.once("drain", write);
    };
    write();
  });
  const reply = await post(receiver.url);
  expect(reply.outcome).toEqual({
    kind: "unreachable",
    error: "answer with too many bytes before its status",
  });
  expect(receiver.connections[0]?.bytesWritten).toBeLessThan(20_000_000);
});

test("takes the status of an answer whose chunks are padded without end, and hangs up", async () => {
  await using receiver = await startRawReceiver((socket) => {
    socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n");
    const padded = `1;${"x".repeat(1_000)}\r\ny\r\n`;
    const write = () => {
      let goesOn = true;
      while (goesOn && !socket.destroyed) goesOn = socket.write(padded);
      if (!socket.destroyed) socket.once("drain", write);
    };
    write();
  });
  const reply = await post(receiver.url);
  expect(reply.outcome).toMatchObject({ kind: "answer", statusCode: 200 });
  expect(reply.responseBody).toMatch(/^oky*$/);
  // 64 KiB of the body alone would be 64 MB of padding.
  expect(receiver.connections[0]?.bytesWritten).toBeLessThan(20_000_000);
});

test("reads 64 KiB of an endless answer, keeps 2 KiB and hangs up", async () => {
  const chunk = "x".repeat(65_536);
  await using receiver = await startRawReceiver((socket) => {
    const pour = () => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on("drain", pour);
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n");
    pour();
  });
  const { outcome, responseBody } = await post(receiver.url);
  expect(outcome).toMatchObject({ kind: "answer", statusCode: 200 });
  expect(responseBody).toBe("x".repeat(2_048));
  await eventually(() => receiver.connections[0]?.destroyed);
  // What was not read sits in socket buffers, of which the kernel has a few MiB at most.
  expect(receiver.connections[0]?.bytesWritten).toBeLessThan(32 * 1_048_576);
});

test("does not inflate a compressed answer", async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000));
  await using receiver = await startRawReceiver((socket) => {
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), bomb]));
  });
  const { outcome, responseBody } = await post(receiver.url);
  expect(outcome).toMatchObject({ kind: "answer", statusCode: 200 });
  expect(responseBody).toBe(new TextDecoder().decode(bomb.subarray(0, 2_048), { stream: true }));
});

function drip(socket: { writable: boolean; write(text: string): void }, text: string): void {
  const timer = setInterval(() => {
    if (socket.writable) socket.write(text);
    else clearInterval(timer);
  }, 20);
}
