import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import type { WebhookState } from "../../shared/contract/health.ts";
import type { Overview } from "../../shared/contract/stats.ts";
import { eventually } from "../support/eventually.ts";
import { expectAccessible } from "./accessibility.ts";
import { useConsole } from "./console-under-test.ts";
import { keepScreenshot } from "./screenshots.ts";

/** With the usual schedule of retries: with the quick one, deliveries fail for good before anybody has looked. */
const hookcast = useConsole(async () => process.env.HOOKCAST_TEST_ASSEMBLY ?? "");
const messageCount = 30;

/** What was clicked or typed between "something is wrong" and "everything is delivered". */
let steps = 0;

test("the on-call hour: what fails is seen, the URL is fixed, and everything arrives", async () => {
  const { client, receiver } = hookcast;
  hookcast.answerWith(500, "the database is down");
  const { webhookId } = await hookcast.putWebhook("oncall", "erp-connector");
  const messages = Array.from({ length: messageCount }, (_, value) => ({ value }));
  await client.publishBatch({ cacheName: "oncall", topicName: "t", messages });
  await eventually(
    async () => {
      const { health } = await client.getWebhookDetails({ webhookId, include: "health" });
      return health !== undefined && health.state !== "ok" && health.waiting > 0;
    },
    { timeoutMs: 60_000 },
  );

  const page = await hookcast.openSignedIn("oncall");
  const click = async (role: "link" | "button", name: string | RegExp) => {
    steps += 1;
    await page.getByRole(role, { name }).first().click();
  };
  await page
    .getByText(/^(failing|held)$/)
    .first()
    .waitFor();
  await keepScreenshot(page, "on-call-1-overview");
  await expectAccessible(page);
  await click("link", "erp-connector");
  await page.getByText(/^Deliveries have been (failing|paused)/).waitFor();
  await page.getByText("HTTP 500").first().waitFor();
  await keepScreenshot(page, "on-call-2-webhook");
  await expectAccessible(page);

  hookcast.answerWith(200);
  await click("link", "Edit");
  steps += 1;
  await page.getByLabel("URL").fill(`${receiver.url}/repaired`);
  await click("button", "Save");
  await eventually(
    async () => {
      const found = await client.call("listDeliveries", { webhookId, status: "delivered" });
      return found.response.deliveries.length === messageCount;
    },
    { timeoutMs: 60_000 },
  );
  await page.getByText("ok", { exact: true }).waitFor();
  await keepScreenshot(page, "on-call-3-well");
  expect(steps).toBeLessThanOrEqual(6);
}, 180_000);

test("a suspended cache's webhook is not said to fail, and nobody is offered what cannot help", async () => {
  const { client } = hookcast;
  await hookcast.putWebhook("stopped", "crm");
  await client.suspendCache({ cacheName: "stopped" });
  const page = await hookcast.openSignedIn("stopped");
  // As it is once a delivery had to wait. What else tells of the suspension may take half a minute.
  const waits = { state: "held", nextProbeTime: null, waiting: 1 };
  await page.route(/\/overview|include=health/, async (route) => {
    const json = await (await route.fetch()).json();
    for (const { health } of [json.response, ...(json.response.webhooks ?? [])]) {
      if (health) Object.assign(health, waits);
    }
    await route.fulfill({ json });
  });
  onTestFinished(() => page.unrouteAll({ behavior: "ignoreErrors" }));
  await page.goto(`${hookcast.url}#/?cache=stopped`);
  await page.reload();
  await page.getByText("cache suspended").waitFor();
  expect(await page.getByRole("button", { name: /Resume/ }).count()).toBe(0);
  await page.getByRole("link", { name: "crm" }).click();
  await page.getByText("The cache stopped is suspended.").waitFor();
  await page.getByRole("heading", { name: "Deliveries" }).waitFor();
  expect(await page.getByText("repeated failures").count()).toBe(0);
  expect(await page.getByRole("button", { name: /Resume|Check now/ }).count()).toBe(0);
}, 180_000);

test("the search finds a message, a webhook by a part of its URL, and what was looked at", async () => {
  const { client, receiver } = hookcast;
  const { webhookId } = await client.putWebhook({
    ...{ cacheName: "found", webhookName: "needle", topicName: "found" },
    destination: { postUrl: `${receiver.url}/haystack/42` },
  });
  const { messageId } = await client.publish({ cacheName: "found", topicName: "found", value: 1 });
  const page = await hookcast.openSignedIn("found");
  const find = async (text: string) => {
    await page.keyboard.press("/");
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  };
  await find("haystack/4");
  await page.getByRole("heading", { name: "needle" }).waitFor();
  await find(messageId);
  await page.getByRole("heading", { name: "Message" }).waitFor();
  await find(webhookId);
  await page.getByRole("heading", { name: "needle" }).waitFor();

  await page.getByRole("combobox", { name: "Search" }).focus();
  await page.getByRole("option", { name: new RegExp(messageId) }).waitFor();
});

test("chosen webhooks of a message are sent it again together", async () => {
  const { client, receiver } = hookcast;
  hookcast.answerWith(200);
  for (const name of ["one", "two", "three"]) await hookcast.putWebhook("again", name);
  const { messageId } = await client.publish({ cacheName: "again", topicName: "t", value: 1 });
  const arrived = () => receiver.deliveries.filter(({ path }) => path === "/again").length;
  await eventually(() => arrived() === 3);
  const page = await hookcast.openSignedIn("again");
  await page.goto(`${hookcast.url}#/caches/again/messages/${messageId}`);
  await page.getByLabel("Choose one").check();
  await page.getByLabel("Choose three").check();
  const calls: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") calls.push(new URL(request.url()).pathname);
  });
  await page.getByRole("button", { name: "Send again (2)" }).click();
  await page.getByText("2 queued again.").waitFor();
  await eventually(() => arrived() === 5);
  expect(calls).toEqual([`/api/v1/caches/again/messages/${messageId}/retry`]);

  // One that is refused is named, and the others are sent all the same.
  await page.getByLabel("Choose two").check();
  await page.getByLabel("Choose three").check();
  const off = { cacheName: "again", webhookName: "three" };
  for await (const { id, webhookId } of client.listWebhooks({ cacheName: "again" })) {
    if (id.webhookName !== off.webhookName) continue;
    await client.updateWebhookStatus({ webhookId, webhookStatus: "inactive" });
  }
  await page.getByRole("button", { name: "Send again (2)" }).click();
  await page.getByText("Queued again.").waitFor();
  const refused = page.getByRole("alert");
  await refused.getByText("three: the webhook is inactive").waitFor();
  await eventually(() => arrived() === 6);
});

const names: Record<WebhookState, string> = {
  ...{ held: "erp-connector", failing: "cold-chain", limited: "reports" },
  ...{ disabled: "importer", ok: "billing" },
};
const states = ["held", "failing", "limited", "disabled", "ok"] as const;

function webhookIn(state: WebhookState): Overview["webhooks"][number] {
  return {
    ...{ cacheName: "acme", webhookName: names[state], webhookId: `whk_${"0".repeat(26)}` },
    health: {
      ...{ state, since: "2026-11-28T17:42:00Z", lastSuccessTime: null, waiting: 3 },
      ...{ lastStatusCode: 500, lastError: "HTTP 500", nextFreeTime: null },
      nextProbeTime: state === "held" ? "2030-01-01T00:00:00Z" : null,
    },
    hours: null,
  };
}

/** The first screen of a service with a webhook in each state, and how often it was asked for. */
async function openOverview(): Promise<{ page: Page; asked: () => number }> {
  let asked = 0;
  const page = await hookcast.openSignedIn("acme");
  await page.route("**/api/v1/**", (route) => {
    const { pathname } = new URL(route.request().url());
    if (!pathname.endsWith("/overview")) return route.continue();
    asked += 1;
    const counts = { held: 1, failing: 1, limited: 1, disabled: 1, ok: 1 };
    const response = { counts, last24Hours: null, webhooks: states.map(webhookIn) };
    return route.fulfill({ json: { status: "success", response } });
  });
  onTestFinished(() => page.unrouteAll({ behavior: "ignoreErrors" }));
  await page.clock.install();
  await page.reload();
  await page.getByRole("link", { name: names.held }).waitFor();
  return { page, asked: () => asked };
}

test("the overview is asked for every 15 seconds while it is seen", async () => {
  const { page, asked } = await openOverview();
  for (let n = 0; n < 2; n += 1) {
    const before = asked();
    await page.clock.runFor(15_000);
    // The page's clock goes on by itself too; a pause of a minute would not be over by then.
    await eventually(() => asked() > before, { timeoutMs: 40_000 });
  }
  await page.evaluate(`
    Object.defineProperty(document, "hidden", { configurable: true, value: true });
    document.dispatchEvent(new Event("visibilitychange"));
  `);
  // Whatever the page has asked for before this request is known after it.
  const settle = () => page.evaluate("fetch('config.json').then((answer) => answer.text())");
  await page.clock.runFor(1_000);
  await settle();
  const before = asked();
  await page.clock.runFor(60_000);
  await settle();
  expect(asked()).toBe(before);
});

test("the rows are in the service's order, and tiles filter them in the address", async () => {
  const { page } = await openOverview();
  const shown = () => page.getByRole("rowheader").allTextContents();
  expect((await shown()).map((name) => name.trim())).toEqual(states.map((state) => names[state]));
  const tile = (state: string) => page.getByRole("button", { name: new RegExp(`1 *${state}`) });
  await tile("failing").click();
  await eventually(async () => (await shown()).join() === names.failing);
  expect(page.url()).toContain("state=failing");
  await tile("held").click();
  await eventually(async () => (await shown()).join() === `${names.held},${names.failing}`);
  await page.reload();
  await eventually(async () => (await shown()).join() === `${names.held},${names.failing}`);
  expect(await page.getByRole("button", { name: /^Resume/ }).count()).toBe(2);
});
