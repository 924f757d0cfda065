import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { openWebhookClient } from "../../../shared/http/webhook-client.ts";
import { eventually } from "../../support/eventually.ts";
import { corpus } from "./answers/corpus.ts";
import { answerText, startRawReceiver } from "./raw-receiver.ts";

const client = openWebhookClient({ allowPrivate: true });

function post(url: string) {
  const request = { cacheName: "c", headers: {}, body: Buffer.from("{}"), timeoutMs: 5_000 };
  return client.post({ ...request, url });
}

test.concurrent.each(corpus)(
  "the verdict on $name is $status",
  async ({ answer, status, ends }) => {
    await using receiver = await startRawReceiver((socket) => {
      socket.write(answer);
      if (ends) socket.end();
    });
    const { outcome } = await post(receiver.url);
    if (status === null) expect(outcome.kind).toBe("unreachable");
    else expect(outcome).toMatchObject({ kind: "answer", statusCode: status });
  },
);

/** Curl also takes a head that breaks off, which may have lost what it asks for. */
const whole = corpus.filter(({ answer }) => /\n\r?\n/.test(answer));

/** The status that curl took, whatever it says of the body; undefined when there is none, or no curl. */
function statusOfCurl(url: string): Promise<number | undefined> {
  const options = ["-q", "-s", "--noproxy", "*", "-m", "2", "-o", "/dev/null", "-d", "{}"];
  return new Promise((resolve) => {
    execFile("curl", [...options, "-w", "%{http_code}", url], (error, output) => {
      if (error?.code === "ENOENT") console.log("not compared: there is no curl");
      resolve(Number(output) || undefined);
    });
  });
}

test.concurrent.each(whole)(
  "what curl takes of $name is taken",
  async ({ answer, status, ends }) => {
    await using receiver = await startRawReceiver((socket) => {
      socket.write(answer);
      if (ends) socket.end();
    });
    const taken = await statusOfCurl(receiver.url);
    if (taken !== undefined) expect(taken).toBe(status);
  },
);

test("an answer with both lengths and chunks keeps what it asks for", async () => {
  const both = corpus.find(({ name }) => name === "both lengths and chunks")?.answer ?? "";
  await using receiver = await startRawReceiver((socket) => socket.write(both));
  expect((await post(receiver.url)).outcome).toMatchObject({ headers: { retryAfter: "40" } });
});

test.each([
  [
    "a body after 204",
    `${"HTTP/1.1 204 No Content\r\ncontent-length: 38\r\n\r\n"}${answerText("410 Gone")}`,
  ],
  ["a second answer", `${answerText("200 OK")}${answerText("410 Gone")}`],
  [
    "a body after 204 that nothing announces",
    `HTTP/1.1 204 No Content\r\n\r\n${answerText("410 Gone")}`,
  ],
  [
    "an end that lengths and chunks tell apart",
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["an end that line feeds hide", "HTTP/1.1 200 OK\ncontent-length: 0\n\n"],
  [
    "what stands in a chunk's extension",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0;x=y\r\n\r\n",
  ],
])("%s never answers the next post", async (_, first) => {
  await using receiver = await startRawReceiver((socket, count) =>
    socket.write(count === 1 ? first : answerText("202 Accepted")),
  );
  await post(`${receiver.url}/one`);
  expect((await post(`${receiver.url}/two`)).outcome).toMatchObject({ statusCode: 202 });
  expect(receiver.connections).toHaveLength(2);
});

test("a connection that speaks while it is idle is ended", async () => {
  // No time passes, so that it is not ended for its age.
  const ageless = openWebhookClient({ allowPrivate: true, now: () => 1_000_000 });
  await using receiver = await startRawReceiver((socket) => socket.write(answerText("200 OK")));
  const request = { cacheName: "c", url: receiver.url, headers: {}, body: Buffer.from("{}") };
  await ageless.post({ ...request, timeoutMs: 5_000 });
  receiver.connections[0]?.write(answerText("410 Gone"));
  await eventually(() => receiver.connections[0]?.destroyed);
  expect((await ageless.post({ ...request, timeoutMs: 5_000 })).outcome).toMatchObject({
    statusCode: 200,
  });
});

test("a connection is closed whose receiver answers before it has taken the request", async () => {
  const ageless = openWebhookClient({ allowPrivate: true, now: () => 1_000_000 });
  await using receiver = await startRawReceiver((socket) => {
    socket.pause();
    socket.write(answerText("200 OK"));
  });
  const request = {
    cacheName: "c",
    url: receiver.url,
    headers: {},
    body: Buffer.alloc(20_000_000),
  };
  const { outcome } = await ageless.post({ ...request, timeoutMs: 10_000 });
  expect(outcome).toMatchObject({ statusCode: 200 });
  receiver.connections[0]?.resume();
  await eventually(() => receiver.connections[0]?.destroyed);
});

test("a connection that died idle is replaced at once", async () => {
  await using receiver = await startRawReceiver((socket, count) => {
    if (count === 2) socket.resetAndDestroy();
    else socket.write(answerText("200 OK"));
  });
  await post(receiver.url);
  const reply = await post(receiver.url);
  expect(reply).toMatchObject({ outcome: { statusCode: 200 }, isReplaced: true });
  expect(receiver.requestCount()).toBe(3);
});

test("a new connection that dies is not replaced", async () => {
  await using receiver = await startRawReceiver((socket) => socket.resetAndDestroy());
  expect((await post(receiver.url)).outcome.kind).toBe("unreachable");
  expect(receiver.requestCount()).toBe(1);
});

test.each([
  ["four seconds", 4_001],
  ["ten minutes in a frozen environment", 600_000],
  ["a clock that was set back", -1_000],
])("a connection is not used again after %s", async (_, laterMs) => {
  let nowMs = 1_000_000;
  const aging = openWebhookClient({ allowPrivate: true, now: () => nowMs });
  await using receiver = await startRawReceiver((socket) => socket.write(answerText("200 OK")));
  const request = { cacheName: "c", url: receiver.url, headers: {}, body: Buffer.from("{}") };
  await aging.post({ ...request, timeoutMs: 5_000 });
  nowMs += laterMs;
  const reply = await aging.post({ ...request, timeoutMs: 5_000 });
  expect(reply).toMatchObject({ outcome: { statusCode: 200 } });
  expect(reply.isReplaced).toBeUndefined();
  expect(receiver.connections).toHaveLength(2);
});
