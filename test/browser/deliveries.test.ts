import type { Route } from "playwright-core";
import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { useConsole } from "./console-under-test.ts";

const hookcast = useConsole();

/** More than one page of the list. */
const messageCount = 60;

hookcast.prepare(async () => {
  const { client } = hookcast;
  const { webhookId } = await hookcast.putWebhook("many", "busy");
  const messages = Array.from({ length: messageCount }, (_, value) => ({ value }));
  await client.publishBatch({ cacheName: "many", topicName: "t", messages });
  await eventually(
    async () => {
      const { response } = await client.call("listDeliveries", { webhookId, status: "delivered" });
      return response.deliveries.length === messageCount;
    },
    { timeoutMs: 60_000 },
  );
});

test("older deliveries are loaded when asked for, and a filter shows those that fit", async () => {
  const page = await hookcast.openSignedIn("many");
  await page.getByRole("link", { name: "busy" }).click();
  const rows = page.getByRole("link", { name: /^msg_/ });
  await page.getByText("50 deliveries are loaded.").waitFor();
  expect(await rows.count()).toBe(50);
  const isPoll = (request: { url(): string }) => request.url().endsWith("/deliveries?limit=50");
  const answerPolls = Promise.withResolvers<void>();
  await page.route("**/deliveries?limit=50", async (route) => {
    await answerPolls.promise;
    await route.continue();
  });
  await page.waitForRequest(isPoll);
  await page.getByRole("button", { name: "Load older deliveries" }).click();
  await page.getByText(`${messageCount} deliveries are loaded.`).waitFor();
  answerPolls.resolve();
  await page.waitForRequest(isPoll); // the next, so that the one before was taken in
  expect(await rows.count()).toBe(messageCount);
  expect(await page.getByRole("button", { name: "Load older deliveries" }).count()).toBe(0);

  await page.getByLabel("Status").selectOption("failed");
  await page.getByText("No delivery matches the filter.").waitFor();
  await page.getByLabel("Status").selectOption("");
  await page.getByText("50 deliveries are loaded.").waitFor();
  await page.getByLabel("Until").fill("2020-01-01T00:00");
  await page.getByText("No delivery matches the filter.").waitFor();
});

test("a filter by event or by the last result is the service's, and reaches far back", async () => {
  const { client } = hookcast;
  const { webhookId } = await hookcast.putWebhook("events", "sorted");
  const rare = { cacheName: "events", topicName: "t", event: "invoice.paid" };
  const { messageId } = await client.publish({ ...rare, value: 1 });
  const others = Array.from({ length: messageCount }, () => ({ value: 1, event: "order.paid" }));
  await client.publishBatch({ cacheName: "events", topicName: "t", messages: others });
  await eventually(async () => {
    const { response } = await client.call("listDeliveries", { webhookId, limit: 100 });
    return response.deliveries.length === messageCount + 1;
  });
  const page = await hookcast.openSignedIn("events");
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}`);
  await page.getByText("50 deliveries are loaded.").waitFor();
  const field = page.getByLabel("Event", { exact: true });
  await field.fill("invoice.paid");
  await field.press("Enter");
  await page.getByText("1 delivery is loaded.").waitFor();
  await page.getByRole("link", { name: messageId }).waitFor();
  expect(page.url()).toContain("event=invoice.paid");
  await page.getByLabel("Last result").selectOption("5xx");
  await page.getByText("No delivery matches the filter.").waitFor();
  await page.getByLabel("Last result").selectOption("2xx");
  await page.getByText("1 delivery is loaded.").waitFor();
  // A link may ask for one status.
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}?result=200&event=invoice.paid`);
  await page.reload();
  await page.getByText("1 delivery is loaded.").waitFor();
  expect(await page.getByLabel("Last result").inputValue()).toBe("200");
});

test("older deliveries that came during a look at the newest stay", async () => {
  const page = await hookcast.openSignedIn("many");
  await page.getByRole("link", { name: "busy" }).click();
  await page.getByText("50 deliveries are loaded.").waitFor();
  const looks: Route[] = [];
  const isLook = ({ pathname, searchParams }: URL) =>
    pathname.endsWith("/deliveries") && !searchParams.has("cursor");
  await page.route(isLook, (route) => void looks.push(route));
  await eventually(() => looks.length === 1);
  await page.getByRole("button", { name: "Load older deliveries" }).click();
  await page.getByText(`${messageCount} deliveries are loaded.`).waitFor();

  await looks[0]?.continue();
  // Only after a look has ended there is another.
  await eventually(() => looks.length === 2);
  expect(await page.getByRole("link", { name: /^msg_/ }).count()).toBe(messageCount);
});

test("a filter is in the address, and survives Back", async () => {
  const page = await hookcast.openSignedIn("many");
  await page.getByRole("link", { name: "busy" }).click();
  await page.getByLabel("Status").selectOption("delivered");
  await page.getByText("50 deliveries are loaded.").waitFor();
  expect(page.url()).toContain("status=delivered");
  await page.getByRole("link", { name: /^msg_/ }).first().click();
  await page.getByRole("heading", { name: "Delivery", exact: true }).waitFor();
  await page.goBack();
  await page.getByText("50 deliveries are loaded.").waitFor();
  expect(await page.getByLabel("Status").inputValue()).toBe("delivered");
});

test("Back restores how far the page was scrolled", async () => {
  const page = await hookcast.openSignedIn("many", { viewport: { width: 1024, height: 600 } });
  await page.getByRole("link", { name: "busy" }).click();
  await page.getByText("50 deliveries are loaded.").waitFor();
  const row = page.getByRole("link", { name: /^msg_/ }).nth(40);
  await row.scrollIntoViewIfNeeded();
  await eventually(async () => await page.evaluate("history.state?.scrollY > 0"));
  const scrolled = await page.evaluate("scrollY");
  await row.click();
  await page.getByRole("heading", { name: "Delivery", exact: true }).waitFor();
  expect(await page.evaluate("scrollY")).toBe(0);
  await page.goBack();
  await eventually(
    async () => Math.abs(Number(await page.evaluate("scrollY")) - Number(scrolled)) < 3,
  );
});
