import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { useConsole } from "./console-under-test.ts";
import { faultsOf } from "./layout-faults.ts";
import { keepScreenshot } from "./screenshots.ts";

const hookcast = useConsole();
const cacheName = `tenant-${"c".repeat(121)}`;
const webhookName = `connector-${"w".repeat(118)}`;
const topicName = "t".repeat(128);
const event = `order.${"e".repeat(122)}`;

let webhookId: string;
let messageId: string;

hookcast.prepare(async () => {
  const { client, receiver } = hookcast;
  hookcast.answerWith(500, `{"error":"${"no ".repeat(200)}"}`);
  ({ webhookId } = await client.putWebhook({
    ...{ cacheName, webhookName, topicName },
    destination: { postUrl: `${receiver.url}/${"p".repeat(200)}` },
    config: { customHeaders: { "x-tenant": "v".repeat(200) } },
  }));
  await client.putEventType({
    ...{ topicName, event, group: `Group ${"g".repeat(122)}`, status: "deprecated" },
    description: `It has happened, ${"and happened again, ".repeat(20)}`,
    audience: Array.from({ length: 5 }, (_, index) => `${index}${"a".repeat(63)}`),
    schema: { type: "object", properties: { ["p".repeat(80)]: { type: "string" } } },
    examples: [{ ["p".repeat(80)]: "v".repeat(400) }],
  });
  ({ messageId } = await client.publish({ cacheName, topicName, event, value: "x".repeat(400) }));
  await eventually(async () => {
    return (await client.getDelivery({ webhookId, messageId })).status === "failed";
  });
});

const screens: [name: string, ready: string, hash: () => string][] = [
  ["overview", "last 24 h", () => "/"],
  ["webhooks", "New webhook", () => `/caches/${cacheName}/webhooks`],
  ["message", "Published value", () => `/caches/${cacheName}/messages/${messageId}`],
  ["webhook", "1 delivery is loaded.", () => `/webhooks/${webhookId}`],
  ["settings", "Last changed", () => `/webhooks/${webhookId}?tab=settings`],
  ["edit", "Save", () => `/webhooks/${webhookId}/edit`],
  ["recover", "Count only", () => `/webhooks/${webhookId}/recover`],
  [
    "publish",
    "It arrives exactly as you write it",
    () => `/caches/${cacheName}/publish/${topicName}`,
  ],
  ["event-types", "Export what is active", () => "/event-types"],
  ["event-type", "As JSON", () => `/event-types/${topicName}/${event}`],
  ["edit-event-type", "The schema must accept", () => `/event-types/${topicName}/${event}/edit`],
  ["import-event-types", "Show the difference", () => "/event-types/import"],
  ["delivery", "Answered 500", () => `/webhooks/${webhookId}/deliveries/${messageId}`],
];

describe.each(screens)("%s with names of 128 characters", (name, ready, hash) => {
  test.each([390, 768, 1_024, 1_440])("is laid out at %i pixels", async (width) => {
    const page = await hookcast.openSignedIn(cacheName, { viewport: { width, height: 900 } });
    await page.goto(`${hookcast.url}#${hash()}`);
    await page.getByText(ready).first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await keepScreenshot(page, `layout-${name}-${width}`);
  });
});

test.each([
  [390, 700],
  [1_024, 560],
  [1_440, 620],
])("what is told at %i by %i pixels covers no action", async (width, height) => {
  const page = await hookcast.openSignedIn(cacheName, { viewport: { width, height } });
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}?tab=settings`);
  // Where results are usually told there is an action now, on a page of any length.
  await page.evaluate(`(() => {
    const action = Object.assign(document.createElement("button"), { textContent: "Delete" });
    Object.assign(action.style, { position: "fixed", right: "2rem", bottom: "2rem" });
    document.querySelector("main").append(action);
  })()`);
  for (const action of ["Copy the webhook’s id", "Send a test event"]) {
    const button = page.getByRole("button", { name: action });
    await button.scrollIntoViewIfNeeded();
    await button.click();
    await page.locator(".toast").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.mouse.wheel(0, 200);
    await eventually(async () => (await faultsOf(page)).length === 0);
  }
});
