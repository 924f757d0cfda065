import { expect, test } from "vitest";
import { focusOf, screenOpened, tabTo } from "../keyboard.ts";
import { usePortal } from "./portal-under-test.ts";

const hookcast = usePortal();
const topicName = "shop";

hookcast.prepare(async () => {
  const groups = { Invoices: ["invoice.paid", "invoice.voided"], Orders: ["order.created"] };
  const more = Array.from({ length: 6 }, (_, index) => `stock.low${index}`);
  for (const [group, events] of Object.entries({ ...groups, Stock: more })) {
    for (const event of events) await hookcast.client.putEventType({ topicName, event, group });
  }
});

test("an endpoint is added with its events by keyboard alone", async () => {
  const page = await hookcast.openPortal("keys", { topics: [topicName] });
  const { keyboard } = page;
  await page.getByText("Add your first endpoint").waitFor();
  await tabTo(page, "Add endpoint");
  await keyboard.press("Enter");

  await screenOpened(page, "Add endpoint");
  await tabTo(page, "URL");
  await keyboard.type(`${hookcast.receiver.url}/keys`);
  await tabTo(page, /^Name/);
  await keyboard.type("typed");
  // Of a group of choices only the chosen one is a stop; arrows choose another.
  await tabTo(page, /^Every event/);
  await keyboard.press("ArrowDown");
  await tabTo(page, "Find an event");
  await keyboard.type("invoice");
  await tabTo(page, "Choose all of Invoices");
  await tabTo(page, /^invoice\.voided/);
  await keyboard.press("Space");
  expect(await page.getByRole("checkbox", { name: /^invoice\.voided/ }).isChecked()).toBe(true);
  await tabTo(page, "Add endpoint");
  await keyboard.press("Enter");

  await page.getByText("The endpoint is added.").waitFor();
  await screenOpened(page, "typed");
  const [webhook] = await Array.fromAsync(hookcast.client.listWebhooks({ cacheName: "keys" }));
  expect(webhook).toMatchObject({ id: { webhookName: "typed" }, events: ["invoice.voided"] });
});

test("a screen of the portal begins at its heading, and its secret and settings are in reach", async () => {
  const { webhookId } = await hookcast.putWebhook("reach", "mine");
  const page = await hookcast.openPortal("reach");
  const { keyboard } = page;
  await page.getByRole("link", { name: "mine" }).waitFor();
  await tabTo(page, /mine/);
  await keyboard.press("Enter");
  await screenOpened(page, "mine");
  await tabTo(page, "Secret");
  await keyboard.press("Enter");
  await tabTo(page, "Reveal");
  await keyboard.press("Enter");
  await page
    .locator(".secret code")
    .getByText(/^whsec_/)
    .waitFor();
  await page.getByRole("heading", { name: "mine" }).focus(); // back to the top, past what was come through
  await tabTo(page, "Settings");
  await keyboard.press("Enter");
  await tabTo(page, "Switch off");
  await keyboard.press("Enter");
  await page.getByText("This endpoint is off and receives nothing.").waitFor();
  expect(await hookcast.client.getWebhookDetails({ webhookId })).toMatchObject({
    webhookStatus: "inactive",
  });
  // Whoever goes on from there is where they were.
  expect((await focusOf(page)).name).toMatch(/^Switch o/);
});
