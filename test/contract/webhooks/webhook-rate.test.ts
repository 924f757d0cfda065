import { expect, test } from "vitest";
import { labelled } from "../document/labelled.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { getWebhook, listWebhooks, plainBody, putWebhook } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();

const fresh = () => ({ cacheName: freshCache(), webhookName: "w" });
const at = (maxPerSecond: unknown) => ({ ...plainBody, config: { maxPerSecond } });
const details = (config: object) => ({
  json: {
    productId: null,
    events: [],
    config: { url: plainBody.destination.postUrl, customHeaders: {}, ...config },
  },
});

test.each([0.1, 0.25, 1, 5, 999.9, 1_000])(
  "takes a rate of %s POSTs a second, and shows it wherever it shows the webhook",
  async (maxPerSecond) => {
    const id = fresh();
    const { webhook, webhookId } = await putWebhook(root, id, at(maxPerSecond));
    expect(webhook.config.maxPerSecond).toBe(maxPerSecond);
    expect((await getWebhook(root, webhookId)).webhook.config.maxPerSecond).toBe(maxPerSecond);
    const { webhooks } = await listWebhooks(root, id.cacheName);
    expect(webhooks.map(({ config }) => config.maxPerSecond)).toEqual([maxPerSecond]);
  },
);

const refused = [0, -1, 0.09, 0.099999, 1_000.1, 1e300, "5", "", true, [], [5], {}];

test.each(labelled(refused))(
  "refuses a rate of %s in a put and in an update, and changes nothing then",
  async (_, maxPerSecond) => {
    const { cacheName, webhookName } = fresh();
    const other = { cacheName, webhookName: "other" };
    expect(refusalOf(await root.call("putWebhook", other, { json: at(maxPerSecond) }))).toEqual(
      badFields("config.maxPerSecond"),
    );
    const { webhook, webhookId } = await putWebhook(root, { cacheName, webhookName }, at(7));
    const update = await root.call(
      "updateWebhookDetails",
      { webhookId },
      details({ maxPerSecond }),
    );
    expect(refusalOf(update)).toEqual(badFields("config.maxPerSecond"));
    expect((await listWebhooks(root, cacheName)).webhooks).toEqual([webhook]);
  },
);

test("a refusal of a rate tells the range", async () => {
  const { text } = await root.call("putWebhook", fresh(), { json: at(1_000.1) });
  expect(text).toContain("must be from 0.1 to 1000");
});

test("a webhook that was put without a rate shows none", async () => {
  const { webhook, webhookId } = await putWebhook(root, fresh());
  expect(webhook.config).not.toHaveProperty("maxPerSecond");
  expect((await getWebhook(root, webhookId)).webhook.config).not.toHaveProperty("maxPerSecond");
});

test("a rate that is left out stays, another replaces it, and null takes it away", async () => {
  const id = fresh();
  const { webhookId } = await putWebhook(root, id, at(7));
  const shown = async () => (await getWebhook(root, webhookId)).webhook.config.maxPerSecond;
  await putWebhook(root, id);
  expect(await shown()).toBe(7);
  await root.call("updateWebhookDetails", { webhookId }, details({}));
  expect(await shown()).toBe(7);
  await root.call("updateWebhookDetails", { webhookId }, details({ maxPerSecond: 0.5 }));
  expect(await shown()).toBe(0.5);
  await root.call("updateWebhookDetails", { webhookId }, details({ maxPerSecond: null }));
  expect(await shown()).toBeUndefined();
  await putWebhook(root, id, at(3));
  await putWebhook(root, id, at(null));
  expect((await getWebhook(root, webhookId)).webhook.config).not.toHaveProperty("maxPerSecond");
});
