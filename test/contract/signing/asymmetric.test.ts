import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { verify } from "../../../client/verify.ts";
import { PublicKeys } from "../../../shared/contract/operations/webhooks/get-public-keys.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { getWebhook, plainBody, putWebhook, subscribe, testWebhook } from "../webhooks.ts";

const { root, client } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const fresh = () => ({ cacheName: freshCache(), webhookName: "w" });
const withConfig = (config: object, others: object = {}) => ({ ...plainBody, config, ...others });
const details = (config: object) => ({
  productId: null,
  events: [],
  config: { url: plainBody.destination.postUrl, customHeaders: {}, ...config },
});

async function keysOf(cacheName: string) {
  const answer = await client(undefined).call("getPublicKeys", { cacheName });
  expect(answer.status).toBe(200);
  return z.parse(PublicKeys, answer.body).keys;
}

test("a cache has no keys until a webhook signs with them, however often they are asked for", async () => {
  const id = fresh();
  expect(await keysOf(id.cacheName)).toEqual([]);
  await putWebhook(root, id);
  expect(await keysOf(id.cacheName)).toEqual([]);
  await putWebhook(root, id, withConfig({ asymmetric: true }));
  const keys = await keysOf(id.cacheName);
  expect(keys).toHaveLength(1);
  const { whpk = "", x = "" } = keys[0] ?? {};
  expect(Buffer.from(whpk.slice("whpk_".length), "base64")).toEqual(Buffer.from(x, "base64url"));
  await putWebhook(root, { ...id, webhookName: "another" }, withConfig({ asymmetric: true }));
  expect(await keysOf(id.cacheName)).toEqual(keys);
  expect(await keysOf(freshCache())).toEqual([]);
});

test("the keys are public for a minute, without an envelope, and a bad name is refused as anywhere", async () => {
  const nobody = client(undefined);
  const answer = await nobody.call("getPublicKeys", { cacheName: freshCache() });
  expect(answer.headers["cache-control"]).toBe("public, max-age=60");
  expect(answer.text).toBe('{"keys":[]}');
  expect(refusalOf(await nobody.call("getPublicKeys", { cacheName: " " }))).toEqual(
    badFields("cacheName"),
  );
});

test("the setting is shown, stays when it is left out, and can be taken away", async () => {
  const id = fresh();
  const { webhook, webhookId } = await putWebhook(root, id, withConfig({ asymmetric: true }));
  expect(webhook.config.asymmetric).toBe(true);
  const shown = async () => (await getWebhook(root, webhookId)).webhook.config;
  await putWebhook(root, id);
  await root.call("updateWebhookDetails", { webhookId }, { json: details({}) });
  expect(await shown()).toEqual(webhook.config);
  await root.call("updateWebhookDetails", { webhookId }, { json: details(await shown()) });
  expect(await shown()).toEqual(webhook.config);
  await putWebhook(root, id, withConfig({ asymmetric: false }));
  expect(await shown()).not.toHaveProperty("asymmetric");
  await root.call("updateWebhookDetails", { webhookId }, { json: details({ asymmetric: true }) });
  expect((await shown()).asymmetric).toBe(true);
});

test.each([
  ["both at once", {}, { asymmetric: true, standardSignature: false }, "config.asymmetric"],
  ["the later one", { standardSignature: false }, { asymmetric: true }, "config.asymmetric"],
  ["the later one", { asymmetric: true }, { standardSignature: false }, "config.standardSignature"],
])("needs webhook-signature, and tells %s", async (_, before, config, path) => {
  const id = fresh();
  const { webhookId } = await putWebhook(root, id, withConfig(before));
  for (const answer of [
    await root.call("putWebhook", id, { json: withConfig(config) }),
    await root.call("updateWebhookDetails", { webhookId }, { json: details(config) }),
  ]) {
    expect(refusalOf(answer)).toEqual(badFields(path));
  }
});

test("a plain secret does not go with it, whichever comes first", async () => {
  const secretString = "It's a Secret to Everybody";
  const json = withConfig({ asymmetric: true }, { secretString });
  expect(refusalOf(await root.call("putWebhook", fresh(), { json }))).toEqual(
    badFields("secretString"),
  );
  const id = fresh();
  await putWebhook(root, id, withConfig({ standardSignature: false }, { secretString }));
  const config = { standardSignature: true, asymmetric: true };
  const answer = await root.call("putWebhook", id, { json: withConfig(config) });
  expect(refusalOf(answer)).toEqual(badFields("config.standardSignature"));
});

test("a rotation shows both keys while its grace lasts, and without one only the new key", async () => {
  const id = fresh();
  const { cacheName } = id;
  await putWebhook(root, id, withConfig({ asymmetric: true }));
  const [first] = await keysOf(cacheName);
  const graceHours = 1;
  const rotated = await root.call("rotateSigningKey", { cacheName }, { json: { graceHours } });
  const [second, previous, ...others] = await keysOf(cacheName);
  expect(others).toEqual([]);
  expect(rotated.body).toMatchObject({ response: { keys: [second, previous] } });
  expect(previous).toEqual({ ...first, expiresTime: previous?.expiresTime });
  const leftMs = Date.parse(previous?.expiresTime ?? "") - Date.now();
  expect(leftMs).toBeGreaterThan(0);
  expect(leftMs).toBeLessThanOrEqual(3_600_000);
  await root.call("rotateSigningKey", { cacheName }, { json: { graceHours: 0 } });
  const last = await keysOf(cacheName);
  expect(last).toHaveLength(1);
  expect([first?.kid, second?.kid]).not.toContain(last[0]?.kid);
});

test.each([-1, 169, 1.5, "1"])("refuses a grace of %j hours", async (graceHours) => {
  const params = { cacheName: freshCache() };
  const answer = await root.call("rotateSigningKey", params, { json: { graceHours } });
  expect(refusalOf(answer)).toEqual(badFields("graceHours"));
});

test("anyone verifies a delivery with the public key, and the secret verifies it as before", async () => {
  const id = fresh();
  const settings = { topicName: "t", config: { asymmetric: true } };
  const { path, secretString: secret, webhookId } = await subscribe(root, receiver, id, settings);
  await publish(root, { ...id, topicName: "t" }, { json: { total: 12 } });
  await testWebhook(root, webhookId);
  const received = await eventually(() => {
    const found = receiver.deliveries.filter((delivery) => delivery.path === path);
    return found.length === 2 ? found : undefined;
  });
  const [{ whpk: publicKey } = { whpk: "" }] = await keysOf(id.cacheName);
  for (const delivery of received) {
    expect(delivery.refusal).toBeUndefined();
    expect(delivery.headers["webhook-signature"]).toMatch(/^v1,[^ ,]+ v1a,[^ ,]+$/);
    await expect(verify(delivery, { publicKey })).resolves.toBeDefined();
    await expect(verify(delivery, { secret })).resolves.toBeDefined();
  }
});
