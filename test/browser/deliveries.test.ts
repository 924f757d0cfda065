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
  await page.getByText("all 10 delivered").waitFor();
  await page.getByRole("link", { name: "busy" }).click();
  const rows = page.getByRole("link", { name: /^msg_/ });
  await page.getByText("The 50 deliveries loaded so far").waitFor();
  expect(await rows.count()).toBe(50);
  const isPoll = (request: { url(): string }) => request.url().endsWith("/deliveries?limit=50");
  const answerPolls = Promise.withResolvers<void>();
  await page.route("**/deliveries?limit=50", async (route) => {
    await answerPolls.promise;
    await route.continue();
  });
  await page.waitForRequest(isPoll);
  await page.getByRole("button", { name: "Load older deliveries" }).click();
  await page.getByText(`The ${messageCount} deliveries loaded so far`).waitFor();
  answerPolls.resolve();
  await page.waitForRequest(isPoll); // the next, so that the one before was taken in
  expect(await rows.count()).toBe(messageCount);
  expect(await page.getByRole("button", { name: "Load older deliveries" }).count()).toBe(0);

  await page.getByLabel("Status").selectOption("failed");
  await page.getByText("No delivery fits the filter.").waitFor();
  await page.getByLabel("Status").selectOption("");
  await page.getByText("The 50 deliveries loaded so far").waitFor();
  await page.getByLabel("Until").fill("2020-01-01T00:00");
  await page.getByText("No delivery fits the filter.").waitFor();
});

test("older deliveries that came during a look at the newest stay", async () => {
  const page = await hookcast.openSignedIn("many");
  await page.getByRole("link", { name: "busy" }).click();
  await page.getByText("The 50 deliveries loaded so far").waitFor();
  const looks: Route[] = [];
  const isLook = ({ pathname, searchParams }: URL) =>
    pathname.endsWith("/deliveries") && !searchParams.has("cursor");
  await page.route(isLook, (route) => void looks.push(route));
  await eventually(() => looks.length === 1);
  await page.getByRole("button", { name: "Load older deliveries" }).click();
  await page.getByText(`The ${messageCount} deliveries loaded so far`).waitFor();

  await looks[0]?.continue();
  // Only after a look has ended there is another.
  await eventually(() => looks.length === 2);
  expect(await page.getByRole("link", { name: /^msg_/ }).count()).toBe(messageCount);
});
