import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { useConsole } from "./console-under-test.ts";

const hookcast = useConsole();

test("the key is in the tab’s session alone, and gone after signing out", async () => {
  const page = await hookcast.openSignedIn("session");
  const stored = (place: string) => page.evaluate(`JSON.stringify({ ...${place} })`);
  const { key } = hookcast.run;
  expect(await stored("sessionStorage")).toContain(key);
  expect(await stored("localStorage")).not.toContain(key);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.content()).not.toContain(key);
  expect(page.url()).not.toContain(key);

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await stored("sessionStorage")).not.toContain(key);
});

test("an address leads to its screen once somebody has signed in", async () => {
  const page = await hookcast.openPage();
  await page.goto(`${hookcast.url}#/caches/deep/publish/paid`);
  await page.reload();
  await page.getByLabel("API key").fill(hookcast.run.key);
  expect(await page.getByLabel("Cache").inputValue()).toBe("deep");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Publish a message" }).waitFor();
});

test("the configuration beside the page says where the API is", async () => {
  const page = await hookcast.openPage();
  await page.getByText(hookcast.run.url).waitFor();
  await page.route("**/config.json", (route) =>
    route.fulfill({ json: { apiUrl: "https://api.example" } }),
  );
  await page.reload();
  await page.getByText("https://api.example").waitFor();
});

test("deliveries are asked for while the page is seen, and not while it is hidden", async () => {
  const { webhookId } = await hookcast.putWebhook("live", "seen");
  const page = await hookcast.openSignedIn("live");
  await page.clock.install();
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}`);
  await page.getByText("Nothing has been delivered yet.").waitFor();
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().includes("/deliveries")) asked += 1;
  });

  await hide(true);
  expect(await askedInAMinute()).toBe(0);

  await hookcast.client.publish({ cacheName: "live", topicName: "t", value: {} });
  await hide(false);
  await eventually(() => asked > 0);
  await eventually(async () => {
    await page.clock.runFor(5000);
    return (await page.getByRole("cell", { name: "delivered" }).count()) === 1;
  });

  await page.getByRole("checkbox", { name: "Live" }).uncheck();
  expect(await askedInAMinute()).toBe(0);

  /** Not counting what is on its way already. */
  async function askedInAMinute(): Promise<number> {
    await page.clock.runFor(1000);
    await settle();
    const askedBefore = asked;
    await page.clock.runFor(60_000);
    await settle();
    return asked - askedBefore;
  }

  /** Whatever the page has asked for before this request is known after it. */
  async function settle() {
    await page.evaluate("fetch('config.json').then((answer) => answer.text())");
  }

  /** As a tab in the background is. */
  async function hide(isHidden: boolean) {
    await page.evaluate(`
      Object.defineProperty(document, "hidden", { configurable: true, value: ${isHidden} });
      document.dispatchEvent(new Event("visibilitychange"));
    `);
  }
});
