import { createHmac } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Delivery, startReceiver } from "../../support/network/receiver.ts";
import { startFaultyRun } from "../run/faulty-run.ts";

const run = await startFaultyRun();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const PublishAnswer = z.object({ response: z.object({ messageId: z.string() }) });

/** Longer than what travels in a queue message. */
const long = "x".repeat(70_000);
const values: [string, string, Uint8Array<ArrayBuffer>][] = [
  ["U+FFFE and U+FFFF in JSON", "application/json", utf8('{"a":"\uFFFE\uFFFF","\uFFFF":1}')],
  ["U+FFFE and U+FFFF in text", "text/plain", utf8("\uFFFE text \uFFFF")],
  ["lone surrogates", "application/json", utf8('["\\ud800","\\udfff","\\uDC00\\uD800"]')],
  ["astral characters", "application/json", utf8('["\u{1F600}\u{10FFFF}","\\ud83d\\ude00"]')],
  ["NUL in JSON", "application/json", utf8('["\\u0000"]')],
  ["NUL and other controls in text", "text/plain", utf8("\0\u0001\b\u000b\f\u001f\u007f\u0085")],
  ["line ends", "text/plain", utf8("\r\n\n\r\u2028\u2029")],
  ["64-bit integers", "application/json", utf8("[9007199254740993,18446744073709551615,-0,1.0]")],
  ["white space and key order", "application/json", utf8(' {"b" : 1,\t"a":2,\n"__proto__":{} } ')],
  ["every byte", "application/octet-stream", Uint8Array.from({ length: 256 }, (_, n) => n)],
  ["a byte order mark", "text/plain", utf8("\uFEFFtext")],
  ["U+FFFF in a long value", "application/json", utf8(`["\uFFFF${long}"]`)],
  ["NUL in a long text", "text/plain", utf8(`\0\uFFFE${long}`)],
];

test.each(values)("[row: delicate values] delivers %s byte for byte", async (name, type, body) => {
  const cacheName = name.replaceAll(" ", "-").replaceAll("+", "");
  const webhook = { cacheName, webhookName: "w", topicName: "t", format: "raw" };
  const { path, secretString } = await subscribe(run.call, receiver, webhook);
  const answer = await run.call({
    method: "POST",
    path: `/api/v1/caches/${cacheName}/topics/t`,
    body,
    headers: { "content-type": type },
  });
  expect(answer.status).toBe(202);
  const { messageId } = PublishAnswer.parse(answer.body).response;
  const delivery = await eventually(() => receiver.find(path, messageId));
  expect(delivery.body.equals(body)).toBe(true);
  expect(delivery.headers["webhook-signature"]).toBe(signatureOf(delivery, secretString));
});

test("[row: delicate values] splices them into an envelope unchanged", async () => {
  const webhook = { cacheName: "envelope", webhookName: "w", topicName: "t" };
  const { path } = await subscribe(run.call, receiver, webhook);
  const value = '{ "n":18446744073709551615,"s":"\uFFFE\\ud800\\u0000\uFFFF" }';
  await run.call({ method: "POST", path: "/api/v1/caches/envelope/topics/t", body: value });
  const delivery = await eventually(() => receiver.deliveries.find((one) => one.path === path));
  expect(delivery.body.toString()).toContain(value);
  expect(delivery.refusal).toBeUndefined();
});

/** Over the bytes: the library that verifies other tests' deliveries takes every body for UTF-8. */
function signatureOf({ headers, body }: Delivery, secret: string): string {
  const hmac = createHmac("sha256", Buffer.from(secret.replace("whsec_", ""), "base64"));
  hmac.update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`).update(body);
  return `v1,${hmac.digest("base64")}`;
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text));
}
