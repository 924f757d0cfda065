import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { answerRequests } from "../../../cli/listen/answer-requests.ts";
import { openPort } from "../../../cli/listen/open-port.ts";
import { openOutput } from "../../../cli/output/output.ts";
import { mintSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { portOf } from "../../support/process/free-port.ts";
import { sampleDelivery } from "../../system/receivers/sample-delivery.ts";

test("forwards the count of hops with all else, so that what is forwarded to the service ends", async () => {
  await using port = await openPort(0);
  await using target = await startReceiver();
  const stop = new AbortController();
  const secretString = mintSecret(randomBytes(32));
  const answered = answerRequests(port.server, {
    ...{ secret: Promise.resolve(secretString), forward: target.url, status: 200 },
    ...{ withBody: false, output: { show() {}, note() {} }, signal: stop.signal },
  });
  const { headers, body } = sampleDelivery({ secrets: [secretString], message: { hops: 2 } });
  await fetch(port.url, { method: "POST", headers, body: new Uint8Array(body) });
  expect(target.deliveries.map((delivery) => delivery.headers["webhook-hops"])).toEqual(["3"]);
  stop.abort();
  await answered;
});

test("prints how often a message came, of which type, and what does not fit", async () => {
  await using port = await openPort(0);
  const stop = new AbortController();
  const secretString = mintSecret(randomBytes(32));
  const lines: string[] = [];
  const answered = answerRequests(port.server, {
    ...{ secret: Promise.resolve(secretString), forward: undefined, status: 503, withBody: true },
    output: { show: (_, line) => void lines.push(String(line)), note() {} },
    signal: stop.signal,
  });
  const post = async (secrets: [string], changes: Record<string, string> = {}) => {
    const { headers, body } = sampleDelivery({ secrets });
    const sent = { method: "POST", headers: { ...headers, ...changes } };
    return (await fetch(port.url, { ...sent, body: new Uint8Array(body) })).status;
  };
  const another = mintSecret(randomBytes(32));
  const statuses = [
    await post([secretString]),
    await post([another]),
    await post([secretString], { "momento-signature": "00" }),
  ];
  expect(statuses).toEqual([503, 400, 503]);
  expect(lines).toEqual([
    expect.stringMatching(
      /^\S+ {2}msg_\S+ {2}attempt 1 {2}95 bytes {2}application\/json {2}verified {2}answered 503 {2}\{"type"/,
    ),
    expect.stringMatching(
      / {2}attempt - .* {2}NOT verified: no signature matches the secret {2}answered 400 /,
    ),
    expect.stringMatching(
      / {2}attempt 2 .* {2}verified, but momento-signature does not match {2}answered 503 /,
    ),
  ]);
  stop.abort();
  await answered;
});

test("prints what a sender wrote in a form that cannot draw on a terminal", async () => {
  await using port = await openPort(0);
  const stop = new AbortController();
  const printed: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  onTestFinished(() => write.mockRestore());
  for (const isJson of [false, true]) {
    const answered = answerRequests(port.server, {
      ...{ secret: Promise.resolve(mintSecret(randomBytes(32))), forward: undefined, status: 200 },
      ...{ withBody: true, output: openOutput(isJson ? { json: true } : {}), signal: stop.signal },
    });
    const headers = { "webhook-id": "msg_\u009b2J", "content-type": "text/plain; \u009b31m" };
    await fetch(port.url, { method: "POST", headers, body: "\u2066a\u0007\u2028b\u001b[2J" });
    stop.abort();
    await answered;
  }
  expect(printed.length).toBeGreaterThan(1);
  for (const text of printed) expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test("answers what arrived before the secret was known", async () => {
  await using port = await openPort(0);
  const secret = Promise.withResolvers<string>();
  const stop = new AbortController();
  const answered = answerRequests(port.server, {
    ...{ secret: secret.promise, forward: undefined, status: 204, withBody: false },
    ...{ output: { show() {}, note() {} }, signal: stop.signal },
  });
  const secretString = mintSecret(randomBytes(32));
  const { headers, body } = sampleDelivery({ secrets: [secretString] });
  const arrived = new Promise((resolve) => port.server.once("request", resolve));
  const answer = fetch(port.url, { method: "POST", headers, body: new Uint8Array(body) });
  await arrived;
  secret.resolve(secretString);
  expect((await answer).status).toBe(204);
  stop.abort();
  await answered;
});

test.each([
  [
    "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n",
    /did not answer: it wants another protocol \(HTTP 101\)$/,
  ],
  ["", /did not answer: (ECONNRESET|socket hang up)/],
])("tells of a forward that is answered with %j", async (answer, error) => {
  const target = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(answer));
  }).listen(0, "127.0.0.1");
  await once(target, "listening");
  onTestFinished(() => void target.close());
  await using port = await openPort(0);
  const secretString = mintSecret(randomBytes(32));
  const shown: unknown[] = [];
  const stop = new AbortController();
  const answered = answerRequests(port.server, {
    ...{ secret: Promise.resolve(secretString), forward: `http://127.0.0.1:${portOf(target)}/` },
    ...{ status: 200, withBody: false, signal: stop.signal },
    output: { show: (report) => void shown.push(report), note: () => undefined },
  });
  const { headers, body } = sampleDelivery({ secrets: [secretString] });
  const sent = fetch(port.url, { method: "POST", headers, body: new Uint8Array(body) });
  await eventually(() => shown.length > 0, { timeoutMs: 20_000 });
  expect(shown).toEqual([
    expect.objectContaining({
      statusCode: 502,
      forwarded: expect.objectContaining({ error: expect.stringMatching(error) }),
    }),
  ]);
  expect((await sent).status).toBe(502);
  stop.abort();
  await answered;
});
