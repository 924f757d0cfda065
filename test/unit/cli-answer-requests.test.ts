import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { answerRequests } from "../../cli/listen/answer-requests.ts";
import { openPort } from "../../cli/listen/open-port.ts";
import { mintSecret } from "../../shared/domain/webhook-secret.ts";
import { startReceiver } from "../support/receiver.ts";
import { sampleDelivery } from "../system/sample-delivery.ts";

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
