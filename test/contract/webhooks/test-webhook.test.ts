import { afterAll, expect, test } from "vitest";
import { startReceiver } from "../../support/network/receiver.ts";
import { openService } from "../service.ts";
import { subscribe, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();
const names = { cacheName: freshCache(), webhookName: "w" };

let receiverIsBroken = false;
const receiver = await startReceiver({
  handler: () => (receiverIsBroken ? { status: 500, body: "out of order" } : { status: 200 }),
});
afterAll(() => receiver[Symbol.asyncDispose]());

test("a test event is signed, answers what came back, and reaches an inactive webhook", async () => {
  const { webhookId } = await subscribe(root, receiver, names, { topicName: "t" });
  await succeed(
    root,
    "updateWebhookStatus",
    { webhookId },
    { json: { webhookStatus: "inactive" } },
  );
  const { body } = await succeed(root, "testWebhook", { webhookId });
  expect(body).toMatchObject({ response: { delivered: true, statusCode: 200 } });
  const [delivery] = receiver.deliveries;
  expect(delivery?.refusal).toBeUndefined();
  expect(JSON.parse(String(delivery?.body))).toMatchObject({ type: "hookcast.test" });
  receiverIsBroken = true;
  const failed = await succeed(root, "testWebhook", { webhookId });
  expect(failed.body).toMatchObject({
    response: {
      delivered: false,
      statusCode: 500,
      error: "HTTP 500",
      responseBody: "out of order",
    },
  });
  const log = await succeed(root, "listDeliveries", { webhookId });
  expect(log.body).toMatchObject({ response: { deliveries: [] } });
});
