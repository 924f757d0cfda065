import { afterAll, beforeAll, expect, test } from "vitest";
import { publish, subscribe, webhookPath } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { type Receiver, startReceiver } from "../support/network/receiver.ts";
import { type Api, api } from "../support/service/api.ts";
import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";

/** Everything that parsing and serialising again would change. */
const delicateValue =
  '{ "id":9007199254740993,  "z":1,"a":1.0,"__proto__": {"x":1},\n"constructor":null,"e":1E+2,"é":"\\u00e9" }';

let run: LocalRun;
let receiver: Receiver;
let call: Api;

beforeAll(async () => {
  run = await startLocalRun();
  receiver = await startReceiver();
  call = api(run.url, run.key);
});

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

test("delivers a published message as a signed POST", async () => {
  const { path } = await subscribe(call, receiver, {
    cacheName: "main",
    webhookName: "one",
    topicName: "paid",
  });
  const messageId = await publish(call, "main", "paid", { amount: 12 });

  const delivery = await eventually(() => receiver.find(path, messageId));
  expect(delivery.refusal).toBeUndefined();
  expect(delivery.headers).toMatchObject({
    "content-type": expect.stringMatching(/^application\/json/),
    "user-agent": expect.stringMatching(/^Hookcast\/\d+ \(\+/),
    "webhook-id": messageId,
    "momento-signature": expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(JSON.parse(delivery.body.toString())).toEqual({
    type: "paid",
    timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/),
    data: { amount: 12 },
  });
});

test("delivers the published text itself, alone or spliced into the envelope", async () => {
  const topicName = "delicate";
  const raw = await subscribe(call, receiver, {
    cacheName: "main",
    webhookName: "raw",
    topicName,
    format: "raw",
  });
  const standard = await subscribe(call, receiver, {
    cacheName: "main",
    webhookName: "standard",
    topicName,
  });
  const messageId = await publish(call, "main", topicName, delicateValue);

  const untouched = await eventually(() => receiver.find(raw.path, messageId));
  const enveloped = await eventually(() => receiver.find(standard.path, messageId));
  expect(untouched.body.toString()).toBe(delicateValue);
  expect(untouched.headers["content-type"]).toBe("application/json");
  expect(enveloped.body.toString()).toContain(delicateValue);
  expect([untouched.refusal, enveloped.refusal]).toEqual([undefined, undefined]);
});

test("lists a cache's webhooks in name order and no other cache's", async () => {
  await subscribe(call, receiver, { cacheName: "list", webhookName: "b", topicName: "t" });
  await subscribe(call, receiver, { cacheName: "list", webhookName: "a", topicName: "t" });
  await subscribe(call, receiver, { cacheName: "list2", webhookName: "c", topicName: "t" });

  const { status, body } = await call({ method: "GET", path: "/api/v1/caches/list/webhooks" });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: "success",
    response: {
      webhooks: [{ id: { webhookName: "a" } }, { id: { webhookName: "b" } }],
      nextCursor: null,
    },
  });
});

test("gives the secret again and keeps it when the webhook is replaced", async () => {
  const webhook = { cacheName: "secret", webhookName: "w", topicName: "t" };
  const first = await subscribe(call, receiver, webhook);
  const again = await subscribe(call, receiver, { ...webhook, topicName: "other" });
  expect(again).toEqual(first);

  const answer = await call({ method: "GET", path: `${webhookPath("secret", "w")}/secret` });
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.body).toEqual({
    status: "success",
    response: { secret: first.secretString, webhookName: "w", cacheName: "secret" },
  });
});

test("delivers nothing to a deleted webhook", async () => {
  const doomed = await subscribe(call, receiver, {
    cacheName: "gone",
    webhookName: "doomed",
    topicName: "t",
  });
  const witness = await subscribe(call, receiver, {
    cacheName: "gone",
    webhookName: "witness",
    topicName: "t",
  });
  const before = await publish(call, "gone", "t", {});
  await eventually(() => receiver.find(doomed.path, before));

  const deletion = { method: "DELETE", path: webhookPath("gone", "doomed") };
  expect((await call(deletion)).body).toEqual({ status: "success", response: {} });
  const after = await publish(call, "gone", "t", {});
  const later = await publish(call, "gone", "t", {});

  await eventually(() => receiver.find(witness.path, later));
  await eventually(() => receiver.find(witness.path, after));
  expect(receiver.find(doomed.path, after)).toBeUndefined();
  expect(receiver.find(doomed.path, later)).toBeUndefined();
  expect((await call(deletion)).status).toBe(404);
});

test("does not show metrics to whoever reads along", () => {
  expect(run.stderr()).not.toContain('"_aws"');
});
