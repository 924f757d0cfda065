import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { lesserKey } from "../../support/service/lesser-key.ts";
import { expectAccessible } from "../accessibility.ts";
import { useConsole } from "../console-under-test.ts";
import { faultsOf } from "../layout-faults.ts";
import { keepScreenshot } from "../screenshots.ts";

const hookcast = useConsole();
const cacheName = "examples";
const topicName = "billing";
const event = "invoice.paid";
const examples = [{ id: "in_1" }, { id: "in_2", paid: true }];

hookcast.prepare(async () => {
  const { client, receiver } = hookcast;
  for (const webhookName of ["first", "second"]) {
    await client.putWebhook({
      ...{ cacheName, webhookName, topicName },
      destination: { postUrl: `${receiver.url}/${webhookName}` },
    });
  }
  await client.putEventType({ topicName, event, examples });
  await client.putEventType({ topicName: "unheard", event, examples });
});
beforeEach(() => {
  hookcast.answerWith(200);
  hookcast.receiver.deliveries.length = 0;
});

async function openSending(page: Page, topic = topicName): Promise<void> {
  await page.goto(`${hookcast.url}#/event-types/${topic}/${event}`);
  await page.getByText("Send an example to a webhook").click();
}

const sendButton = (page: Page) => page.getByRole("button", { name: "Send this example" });

test("the chosen example goes to the chosen webhook alone, and the page shows what it answered", async () => {
  const page = await hookcast.openSignedIn(cacheName, { viewport: { width: 390, height: 800 } });
  await openSending(page);
  await page.getByLabel("Webhook").selectOption(`${cacheName} / second`);
  await page.getByLabel("Example", { exact: true }).selectOption("2");
  await sendButton(page).click();
  await page.getByText("Delivered").waitFor();
  await page.getByText("answered 200").waitFor();
  const [delivery, ...others] = hookcast.receiver.deliveries;
  expect(others).toEqual([]);
  expect(delivery?.path).toBe("/second");
  expect(delivery?.headers).toMatchObject({ "webhook-test": "true" });
  expect(JSON.parse(delivery?.body.toString() ?? "")).toMatchObject({
    ...{ type: event, data: examples[1] },
  });
  await expectAccessible(page);
  expect(await faultsOf(page)).toEqual([]);
  await keepScreenshot(page, "event-type-example-sent");

  // The first of each, as nobody chose another; what came back before is gone.
  hookcast.answerWith(500, "out of order");
  await page.reload();
  await openSending(page);
  await sendButton(page).click();
  await page.getByText("Not delivered").waitFor();
  await page.getByText("out of order").waitFor();
  const paths = () => hookcast.receiver.deliveries.map(({ path }) => path);
  expect(paths()).toEqual(["/second", "/first"]);
  hookcast.answerWith(200);
  await sendButton(page).click();
  await page.getByText("answered 200").waitFor();
  await page.getByText("Not delivered").waitFor({ state: "detached" });
  expect(paths()).toEqual(["/second", "/first", "/first"]);
});

test("says that nobody listens to the topic of an event type", async () => {
  const page = await hookcast.openSignedIn(cacheName);
  await openSending(page, "unheard");
  await page.getByText("No webhook listens to the topic unheard.").waitFor();
  expect(await sendButton(page).count()).toBe(0);
});

test("a key of one cache is shown its own webhooks, and one that may only read is told so", async () => {
  await hookcast.client.putWebhook({
    ...{ cacheName: "others", webhookName: "theirs", topicName },
    destination: { postUrl: `${hookcast.receiver.url}/theirs` },
  });
  const page = await hookcast.openPage();
  await page.getByLabel("API key").fill(await lesserKey(hookcast.run, cacheName, "read"));
  await page.getByLabel("Cache").fill(cacheName);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  await openSending(page);
  const choices = page.getByLabel("Webhook").locator("option");
  await eventually(async () => (await choices.count()) > 0);
  expect(await choices.allTextContents()).toEqual([
    `${cacheName} / first`,
    `${cacheName} / second`,
  ]);
  await sendButton(page).click();
  await page.getByRole("alert").getByText("lacks the permission resend").waitFor();
  expect(hookcast.receiver.deliveries).toEqual([]);
});
