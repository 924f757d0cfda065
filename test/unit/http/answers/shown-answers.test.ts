import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openWebhookClient, type Reply } from "../../../../shared/http/webhook-client.ts";
import { startRawReceiver } from "../raw-receiver.ts";

const client = openWebhookClient({ allowPrivate: true });

/** What is told of an answer with this status, these headers and this body. */
async function replyTo(
  status: string,
  headers: Record<string, string>,
  body: Buffer | string = "",
): Promise<Reply> {
  const bytes = Buffer.from(body);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status}\r\n${lines.join("")}content-length: ${bytes.length}\r\n\r\n`;
  await using receiver = await startRawReceiver((socket) =>
    socket.write(Buffer.concat([Buffer.from(head), bytes])),
  );
  const url = `${receiver.url}?key=mine`;
  const request = { cacheName: "c", url, headers: {}, body: Buffer.from("{}") };
  return await client.post({ ...request, timeoutMs: 5_000 });
}

const said = "größer 💳 than allowed";

test.each([
  ["gzip", gzipSync(said)],
  ["x-gzip", gzipSync(said)],
  ["GZIP", gzipSync(said)],
  ["deflate", deflateSync(said)],
  ["deflate", deflateRawSync(said)],
  ["br", brotliCompressSync(said)],
])("an error's body in %s is inflated for the log", async (encoding, body) => {
  const reply = await replyTo("500 Oops", { "content-encoding": encoding }, body);
  expect(reply).toMatchObject({ outcome: { statusCode: 500 }, responseBody: said });
});

const zeros = Buffer.alloc(50_000_000, "x");

test.each([
  ["gzip", gzipSync(zeros)],
  ["deflate", deflateSync(zeros)],
  ["br", brotliCompressSync(zeros)],
])("of a bomb in %s 2 KiB are inflated", async (encoding, bomb) => {
  const before = process.memoryUsage().arrayBuffers;
  const { responseBody } = await replyTo("500 Oops", { "content-encoding": encoding }, bomb);
  expect(responseBody).toBe("x".repeat(2_048));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
});

test("what was cut off while it was compressed is shown as far as it goes", async () => {
  const text = Array.from({ length: 9_000 }, (_, n) => `${n} is odd. `).join("");
  const cut = gzipSync(text).subarray(0, 1_000);
  const { responseBody } = await replyTo("500 Oops", { "content-encoding": "gzip" }, cut);
  expect(responseBody.length).toBeGreaterThan(100);
  expect(text.startsWith(responseBody)).toBe(true);
});

test.each(["gzip", "br", "zstd", "identity"])(
  "what is said to be %s and is not is shown as it came",
  async (encoding) => {
    const reply = await replyTo("500 Oops", { "content-encoding": encoding }, "no such thing");
    expect(reply).toMatchObject({ outcome: { statusCode: 500 }, responseBody: "no such thing" });
  },
);

test.each([
  ["text/plain; charset=iso-8859-1", Buffer.from("größer", "latin1"), "größer"],
  ['text/plain; charset="windows-1252"', Buffer.from([0x80, 0x20, 0x35]), "€ 5"],
  ["text/plain;charset=Shift_JIS", Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]), "テスト"],
  ["text/plain; charset=utf-16le", Buffer.from("größer", "utf16le"), "größer"],
  ["text/plain; charset=klingon", Buffer.from("größer"), "größer"],
  ["text/plain", Buffer.from("größer"), "größer"],
])("a body of %s is decoded for the log", async (type, body, text) => {
  expect((await replyTo("500 Oops", { "content-type": type }, body)).responseBody).toBe(text);
});

test.each([
  ["https://other.example/hooks", "https://other.example/hooks"],
  ["https://me:secret@other.example/hooks?token=secret#part", "https://other.example/hooks"],
  [`https://other.example/${"x".repeat(500)}`, `https://other.example/${"x".repeat(234)}`],
  ["https://other.example/hooks/token", "https://other.example/hooks/•••"],
  ["javascript:alert(1)", undefined],
  ["http://[", undefined],
])("a 308 to %s is told to lead to %s, and is not followed", async (location, shown) => {
  const { outcome } = await replyTo("308 Permanent Redirect", { location });
  expect(outcome).toMatchObject({ statusCode: 308 });
  expect(outcome.kind === "answer" && outcome.headers.location).toBe(shown);
});

test("a redirect to another path is told with its whole address", async () => {
  const { outcome } = await replyTo("308 Permanent Redirect", { location: "/hook/?key=mine" });
  expect(outcome).toMatchObject({
    headers: { location: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/hook\/$/) },
  });
});

test.each([
  ["429 Too Many", '{"retry_after": 30}', "30"],
  ["429 Too Many", '{"ok":false,"parameters":{"retry_after":7}}', "7"],
  ["503 Busy", '{"retry_after": 30}', undefined],
])("of a %s the wait in the body %s is heard as %s", async (status, body, wait) => {
  const { outcome } = await replyTo(status, { "content-type": "application/json" }, body);
  expect(outcome.kind === "answer" && outcome.headers.retryAfterInBody).toBe(wait);
});

test("of a 429 the wait in a compressed body is heard", async () => {
  const body = gzipSync('{"retry_after": 30}');
  const { outcome } = await replyTo("429 Too Many", { "content-encoding": "gzip" }, body);
  expect(outcome).toMatchObject({ headers: { retryAfterInBody: "30" } });
});

test("an answer that switches to another protocol is HTTP 101, and its connection is closed", async () => {
  await using receiver = await startRawReceiver((socket) =>
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\nhello",
    ),
  );
  const request = { cacheName: "c", url: receiver.url, headers: {}, body: Buffer.from("{}") };
  for (const count of [1, 2]) {
    const { outcome } = await client.post({ ...request, timeoutMs: 5_000 });
    expect(outcome).toMatchObject({ kind: "answer", statusCode: 101 });
    expect(receiver.connections).toHaveLength(count);
  }
});
