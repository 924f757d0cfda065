import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { useConsole } from "./console-under-test.ts";

const hookcast = useConsole();
const markup = `<img src="x" onerror="document.title='taken'"><script>document.title="taken"</script>`;

test("what publishers and receivers wrote is shown as text", async () => {
  const { client, receiver } = hookcast;
  hookcast.answerWith(200, markup);
  const { webhookId } = await client.putWebhook({
    ...{ cacheName: "foreign", webhookName: markup.replaceAll("/", ""), topicName: "t" },
    destination: { postUrl: `${receiver.url}/foreign` },
  });
  const { messageId } = await client.publish({
    cacheName: "foreign",
    topicName: "t",
    text: markup,
  });
  await eventually(async () => {
    const { status } = await client.getDelivery({ webhookId, messageId });
    return status === "delivered";
  });

  const page = await hookcast.openSignedIn("foreign");
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}/deliveries/${messageId}`);
  await expect.poll(() => page.getByText(markup).count()).toBe(2);
  expect(await page.locator("img, main script").count()).toBe(0);
  expect(await page.title()).toBe("Delivery · Hookcast");
});
