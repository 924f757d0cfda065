import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { putWebhook, subscribe, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const Rotated = z.object({
  response: z.object({ secret: z.string(), previousSecretExpiresTime: z.string() }),
});

async function rotate(id: Record<string, string>, json?: object) {
  const answer = await succeed(root, "rotateWebhookSecret", id, json && { json });
  return z.parse(Rotated, answer.body).response;
}

/** Publishes to the only webhook of a cache and gives what arrives. */
async function deliver(cacheName: string, path: string) {
  const messageId = await publish(root, { cacheName, topicName: "t" });
  return eventually(() => receiver.find(path, messageId));
}

async function freshSubscription() {
  const id = { cacheName: freshCache(), webhookName: "w" };
  return { id, ...(await subscribe(root, receiver, id, { topicName: "t" })) };
}

test("answers secrets with no-store", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const json = { destination: { postUrl: "https://client_domain.com/" }, topicName: "t" };
  const answers = [
    await succeed(root, "putWebhook", id, { json }),
    await succeed(root, "getWebhookSecret", id),
    await succeed(root, "rotateWebhookSecret", id),
  ];
  expect(answers.map(({ headers }) => headers["cache-control"])).toEqual(Array(3).fill("no-store"));
});

test("signs with the new secret first and with the old one for a day", async () => {
  const { id, path, secretString } = await freshSubscription();
  const beforeMs = Date.now();
  const { secret, previousSecretExpiresTime } = await rotate(id);
  const afterMs = Date.now();
  expect(secret).not.toBe(secretString);
  // Times are told in whole seconds.
  const rotatedMs = Date.parse(previousSecretExpiresTime) - 86_400_000;
  expect(rotatedMs).toBeGreaterThan(beforeMs - 1_000);
  expect(rotatedMs).toBeLessThan(afterMs + 1_000);
  expect((await succeed(root, "getWebhookSecret", id)).text).toContain(secret);

  const { headers, body } = await deliver(id.cacheName, path);
  const [first = "", second = "", ...others] = headers["webhook-signature"]?.split(" ") ?? [];
  expect(others).toEqual([]);
  const verify = (withSecret: string, signature: string) =>
    new Webhook(withSecret).verify(
      body,
      { ...headers, "webhook-signature": signature },
      { jsonParse: false },
    );
  verify(secret, first);
  verify(secretString, second);
  expect(() => verify(secretString, first)).toThrow();
  const plainHash = createHmac("sha3-256", secret).update(body).digest("hex");
  expect(headers["momento-signature"]).toBe(plainHash);
});

test("signs with the last two secrets after two rotations", async () => {
  const { id, path, secretString } = await freshSubscription();
  const { secret: middle } = await rotate(id);
  const { secret: last } = await rotate(id, { graceHours: 168 });
  const { headers, body } = await deliver(id.cacheName, path);
  expect(headers["webhook-signature"]?.split(" ")).toHaveLength(2);
  for (const secret of [middle, last])
    new Webhook(secret).verify(body, headers, { jsonParse: false });
  expect(() => new Webhook(secretString).verify(body, headers, { jsonParse: false })).toThrow();
});

test("ends the old secret at once where no grace is wanted", async () => {
  const { id, path, secretString } = await freshSubscription();
  const { secret } = await rotate(id, { graceHours: 0 });
  const { headers, body } = await deliver(id.cacheName, path);
  new Webhook(secret).verify(body, headers, { jsonParse: false });
  expect(headers["webhook-signature"]).not.toContain(" ");
  expect(() => new Webhook(secretString).verify(body, headers, { jsonParse: false })).toThrow();
});

test("takes an empty object for no wish", async () => {
  const { id } = await freshSubscription();
  const { previousSecretExpiresTime } = await rotate(id, {});
  expect(Date.parse(previousSecretExpiresTime)).toBeGreaterThan(Date.now() + 86_000_000);
});

test.each([-1, 169, 1.5, "24", null])(
  "refuses %j as graceHours and keeps the secret",
  async (graceHours) => {
    const id = { cacheName: freshCache(), webhookName: "w" };
    const { secretString } = await putWebhook(root, id);
    const answer = await root.call("rotateWebhookSecret", id, { json: { graceHours } });
    expect(refusalOf(answer)).toEqual(badFields("graceHours"));
    expect((await succeed(root, "getWebhookSecret", id)).text).toContain(secretString);
  },
);
