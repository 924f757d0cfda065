import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { useConsole } from "./console-under-test.ts";
import { focusOf, screenOpened, tabTo } from "./keyboard.ts";
import { keepScreenshot } from "./screenshots.ts";

const hookcast = useConsole();

test("everything can be done by keyboard alone, with the focus always in sight", async () => {
  const page = await hookcast.openPage();
  const { keyboard } = page;
  const opened = (heading: string) => screenOpened(page, heading);

  await opened("Sign in");
  await tabTo(page, "API key");
  await keyboard.type(hookcast.run.key);
  await tabTo(page, "Cache");
  await keyboard.type("keys");
  await keyboard.press("Enter");

  await opened("Overview");
  await tabTo(page, "New webhook");
  await keyboard.press("Enter");
  await opened("New webhook");
  await tabTo(page, "Name");
  await keyboard.type("typed");
  await tabTo(page, "Topic");
  await keyboard.type("paid");
  await tabTo(page, "URL");
  await keyboard.type(`${hookcast.receiver.url}/typed`);
  await keyboard.press("Enter");

  await opened("typed is created");
  await tabTo(page, "Go to the webhook");
  await keyboard.press("Enter");
  await page.getByText("Nothing has been delivered yet.").waitFor();
  await tabTo(page, "Settings");
  await keyboard.press("Enter");
  await tabTo(page, "Send a test event");
  await keyboard.press("Enter");
  await page.getByText("answered 200").waitFor();

  await tabTo(page, "Publish a message");
  await keyboard.press("Enter");
  await opened("Publish a message");
  await tabTo(page, "Publish");
  await keyboard.press("Enter");
  await page.getByRole("link", { name: "Delivery to typed" }).waitFor();
  await tabTo(page, "Delivery to typed");
  await keyboard.press("Enter");
  await opened("Delivery");
  await page.getByText("Answered 200").waitFor();
  await tabTo(page, "Send again");
  await keyboard.press("Enter");
  await page.getByText("It is being sent again.").waitFor();
});

test("a dialog holds the focus, ends with Escape and gives the focus back", async () => {
  const { webhookId } = await hookcast.putWebhook("dialog", "held");
  const page = await hookcast.openSignedIn("dialog");
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}?tab=settings`);
  await page.getByRole("button", { name: "Delete…" }).waitFor();

  await tabTo(page, "Delete…");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Delete held?" }).waitFor();
  for (const _ of Array(6)) {
    await page.keyboard.press("Tab");
    const { name, isInDialog } = await focusOf(page);
    // Between the last control and the first the focus passes the browser itself.
    expect(
      isInDialog || (await page.evaluate("document.activeElement === document.body")),
      name,
    ).toBe(true);
  }
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await focusOf(page)).name).toBe("Delete…");
});

test("the first stop leads past the top bar, and a new screen begins at its heading", async () => {
  const page = await hookcast.openSignedIn("skipped");
  await page.reload();
  await page.getByText("no webhooks yet").waitFor();
  await page.evaluate("document.querySelector('.home').focus()");
  await page.keyboard.press("Shift+Tab");
  expect((await focusOf(page)).name).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("document.activeElement.tagName")).toBe("MAIN");
  await tabTo(page, "New webhook");

  await page.goto(`${hookcast.url}#/caches/skipped/publish`);
  await screenOpened(page, "Publish a message");
  expect(await page.title()).toBe("Publish a message · Hookcast");
});

test("a row that has the focus shows whole times and names as hovering does, until Escape", async () => {
  const { client } = hookcast;
  const name = `erp-${"connector-".repeat(9)}eu-central`;
  await hookcast.putWebhook("hinted", name);
  const { messageId } = await client.publish({ cacheName: "hinted", topicName: "t", value: 1 });
  await eventually(() => hookcast.receiver.deliveries.some((one) => one.messageId === messageId));
  const page = await hookcast.openSignedIn("hinted");
  await page.setViewportSize({ width: 768, height: 600 });
  await page.goto(`${hookcast.url}#/caches/hinted/webhooks`);
  const time = page.locator("tbody time");
  await eventually(async () => {
    await page.reload();
    return time.first().isVisible();
  });
  const hint = page.locator(".row-hint");
  expect(await hint.count()).toBe(0);
  await page.keyboard.press("j");
  await hint.waitFor();
  const whole = await time.first().getAttribute("title");
  expect(whole).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+$/);
  const lines = await hint.locator("div").allTextContents();
  expect(lines).toEqual([name, expect.stringContaining(`: ${whole}`)]);
  await keepScreenshot(page, "row-hint");
  const box = await hint.boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 768 && box.y + box.height <= 600).toBe(true);

  await page.keyboard.press("Escape");
  await hint.waitFor({ state: "detached" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await hint.waitFor();
  // Who uses the mouse sees it by hovering.
  await page.getByRole("heading", { level: 1 }).click();
  await hint.waitFor({ state: "detached" });
});
