import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { type Delivery, startReceiver } from "../../support/network/receiver.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { plainBody, putWebhook, subscribe, succeed } from "../webhooks.ts";
import { publish } from "./messages.ts";
import { expectedSignatures } from "./signatures.ts";

const { root, url } = await openService();
const receiver = await startReceiver({
  handler: ({ path }) => ({ status: path.includes("/gone") ? 410 : 200 }),
});
afterAll(() => receiver[Symbol.asyncDispose]());

const shapes = {
  slack: (text: string) => ({
    text: expect.stringContaining(text),
    blocks: expect.arrayContaining([expect.objectContaining({ type: "header" })]),
  }),
  teams: (text: string) => ({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: expect.objectContaining({
          type: "AdaptiveCard",
          body: expect.arrayContaining([
            { type: "RichTextBlock", inlines: [expect.objectContaining({ text })] },
          ]),
        }),
      },
    ],
  }),
};

test.each(["slack", "teams"] as const)(
  "a webhook of the format %s gets alerts in plain words, and a sample of one",
  async (format) => {
    const cacheName = freshCache();
    const topicName = "$hookcast";
    const listener = { cacheName, webhookName: "on-call" };
    const settings = { topicName, config: { format } };
    const { path, webhookId, secretString } = await subscribe(root, receiver, listener, settings);
    const alerts = () => receiver.deliveries.filter((delivery) => delivery.path === path);
    const told = (text: string): Delivery | undefined =>
      alerts().find(({ body }) => body.includes(text));

    await succeed(root, "testWebhook", { webhookId });
    const sample = told("Test alert: on-call");
    expect(JSON.parse(String(sample?.body))).toEqual(shapes[format]("Test alert: on-call"));
    expect(sample?.headers).toMatchObject({
      "content-type": "application/json",
      ...(sample && expectedSignatures(sample, secretString)),
    });

    const gone = { cacheName, webhookName: "gone" };
    const broken = await subscribe(root, receiver, gone, { topicName: "t" });
    const messageId = await publish(root, { cacheName, topicName: "t" }, { json: "p4yload" });
    const off = await eventually(() => told("Webhook switched off: gone"));
    expect(JSON.parse(String(off.body))).toEqual(shapes[format]("Webhook switched off: gone"));
    await eventually(() => told("Delivery failed: gone"));
    const everything = alerts()
      .map(({ body }) => body.toString())
      .join("\n");
    expect(everything).toContain(messageId);
    expect(everything).not.toContain("p4yload");

    // A deployment whose console lies elsewhere, or that has none, is not this test's.
    const consoleUrl = `${url}/console/`;
    if (!(await fetch(consoleUrl)).ok) return;
    expect(everything).toContain(`${consoleUrl}#/webhooks/${broken.webhookId}`);
    expect(everything).toContain(`${consoleUrl}#/webhooks/${webhookId}`);
  },
);

test.each(["slack", "teams"])(
  "the format %s is refused where the topic does not begin with $, and so is such a topic for it",
  async (format) => {
    const params = { cacheName: freshCache(), webhookName: "w" };
    const put = (json: object) => root.call("putWebhook", params, { json });
    const alerts = { ...plainBody, config: { format } };
    expect(refusalOf(await put(alerts))).toEqual(badFields("config.format"));
    expect(refusalOf(await put({ ...alerts, productId: "x" }))).toEqual(
      badFields("config.format", "productId"),
    );

    const created = { ...alerts, topicName: undefined, id: params, productId: "x" };
    expect(refusalOf(await root.call("createWebhook", {}, { json: created }))).toEqual(
      badFields("config.format", "productId"),
    );

    const { webhookId } = await putWebhook(root, params, { ...alerts, topicName: "$hookcast" });
    expect(refusalOf(await put(plainBody))).toEqual(badFields("topicName"));
    expect(refusalOf(await put(alerts))).toEqual(badFields("config.format"));
    await putWebhook(root, params, { ...plainBody, config: { format: "raw" } });

    const config = { url: plainBody.destination.postUrl, customHeaders: {}, format };
    const json = { productId: null, events: [], config };
    const update = await root.call("updateWebhookDetails", { webhookId }, { json });
    expect(refusalOf(update)).toEqual(badFields("config.format"));
  },
);
