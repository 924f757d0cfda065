import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { WebhookState } from "../../shared/contract/health.ts";
import type { Overview } from "../../shared/contract/stats.ts";
import { eventually } from "../support/eventually.ts";
import { useConsole } from "./console-under-test.ts";

const hookcast = useConsole();
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
    await eventually(() => asked() > before, { timeoutMs: 20_000 });
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
