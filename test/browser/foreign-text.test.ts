import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { useConsole } from "./console-under-test.ts";

const hookcast = useConsole();
const markup = `<img src="x" onerror="document.title='taken'"><script>document.title="taken"</script>`;

test("what publishers and receivers wrote is shown as text", async () => {
  const { client } = hookcast;
  hookcast.answerWith(500, markup);
  const { webhookId } = await hookcast.putWebhook("foreign", markup.replaceAll("/", ""));
  const { messageId } = await client.publish({
    cacheName: "foreign",
    topicName: "t",
    text: markup,
  });
  await eventually(async () => {
    const { attempts } = await client.getDelivery({ webhookId, messageId });
    return attempts.length > 0;
  });

  const page = await hookcast.openSignedIn("foreign");
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}/deliveries/${messageId}`);
  await page.getByText(markup).first().waitFor();
  expect(await page.locator("img, main script").count()).toBe(0);
  expect(await page.title()).toBe("Delivery · Hookcast");

  await page.goto(`${hookcast.url}#/caches/foreign/messages/${messageId}`);
  await page.getByText(markup).first().waitFor();
  expect(await page.locator("img, main script").count()).toBe(0);
  expect(await page.title()).toBe("Message · Hookcast");
});
