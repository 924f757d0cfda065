import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { expectAccessible } from "./accessibility.ts";
import { useConsole } from "./console-under-test.ts";
import { keepScreenshot } from "./screenshots.ts";

const hookcast = useConsole();
const cacheName = "screens";
let webhookId: string;
let messageId: string;

hookcast.prepare(async () => {
  const { client, receiver } = hookcast;
  hookcast.answerWith(500, "no");
  ({ webhookId } = await client.putWebhook({
    ...{ cacheName, webhookName: "a name of some length, as people give them", topicName: "paid" },
    destination: { postUrl: `${receiver.url}/${"long/".repeat(20)}` },
    config: { customHeaders: { "x-tenant": "acme" } },
  }));
  await client.putEventType({
    ...{ topicName: "paid", event: "invoice.paid", group: "Billing", status: "deprecated" },
    ...{ description: "It is paid in full.", validate: "warn", audience: ["beta"] },
    schema: { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
    examples: [{ id: "in_1" }, { id: "in_2" }],
  });
  ({ messageId } = await client.publish({ cacheName, topicName: "paid", value: { amount: 12 } }));
  await eventually(async () => {
    const { status } = await client.getDelivery({ webhookId, messageId });
    return status === "failed";
  });
});

/** Each with what shows that it is complete, its title, and its address. */
const screens: [title: string, ready: string, hash: () => string][] = [
  ["Overview", "last 24 h", () => `/?cache=${cacheName}`],
  ["Webhooks", "paid", () => `/caches/${cacheName}/webhooks`],
  ["Message", '"amount": 12', () => `/caches/${cacheName}/messages/${messageId}`],
  ["New webhook", "Create the webhook", () => `/caches/${cacheName}/new`],
  [
    "Publish a message",
    "It arrives exactly as you write it",
    () => `/caches/${cacheName}/publish/paid`,
  ],
  [
    "a name of some length, as people give them",
    "Results of attempts",
    () => `/webhooks/${webhookId}`,
  ],
  ["Edit the webhook", "Save", () => `/webhooks/${webhookId}/edit`],
  ["Recover deliveries", "Count only", () => `/webhooks/${webhookId}/recover`],
  ["Delivery", "Answered 500", () => `/webhooks/${webhookId}/deliveries/${messageId}`],
  ["Event types", "Export what is active", () => "/event-types"],
  ["invoice.paid", "always there", () => "/event-types/paid/invoice.paid"],
  ["New event type", "Create the event type", () => "/event-types/new"],
  ["Edit invoice.paid", "The schema must accept", () => "/event-types/paid/invoice.paid/edit"],
  ["Import event types", "Show the difference", () => "/event-types/import"],
  ["There is no such page", "mistyped", () => "/somewhere/else"],
];

describe.each(screens)("%s", (title, ready, hash) => {
  const open = async (width: number) => {
    const page = await hookcast.openSignedIn(cacheName, { viewport: { width, height: 800 } });
    await page.goto(`${hookcast.url}#${hash()}`);
    await page.getByText(ready).first().waitFor();
    return page;
  };

  test("is accessible, and named in the title", async () => {
    const page = await open(1280);
    await expectAccessible(page);
    expect(await page.title()).toBe(`${title} · Hookcast`);
  });

  test("fits into 320 pixels without scrolling sideways", async () => {
    const page = await open(320);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
    await expectAccessible(page);
    await keepScreenshot(page, `narrow-${title.split(" ").slice(0, 2).join("-").toLowerCase()}`);
  });
});

test("dialogs, charts and answers are accessible, too", async () => {
  const page = await hookcast.openSignedIn(cacheName);
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}`);
  await page.getByRole("button", { name: "Latency" }).click();
  await page.getByText("p95 (ring)").waitFor();
  await page.getByText("As a table").click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Send a test event" }).click();
  await page.getByText("Not delivered in").waitFor();
  await page.getByRole("button", { name: "Secret", exact: true }).click();
  await page.getByRole("button", { name: "Reveal" }).click();
  await page.getByText(/^whsec_/).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Hide" }).click();
  await page.getByText(/^whsec_/).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Rotate…" }).click();
  await page.getByRole("dialog").waitFor();
  await expectAccessible(page);
  await keepScreenshot(page, "dialog");
});

test("the colours follow the system until somebody chooses", async () => {
  const page = await hookcast.openSignedIn(cacheName, { colorScheme: "dark" });
  const ground = () => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
  const dark = await ground();
  await page.getByLabel("Colours").selectOption("light");
  const light = await ground();
  expect(light).not.toBe(dark);
  await page.reload();
  expect(await ground()).toBe(light);
});
