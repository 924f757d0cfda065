/**
 * `node test/browser/pictures.ts`: renews the pictures of the console in docs/. It runs the demo's tenants with a day
 * behind them until every state is there, and takes about ten minutes. Look at them before you commit them.
 */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { setInterval as every } from "node:timers/promises";
import { chromium, type Page } from "playwright-core";
import { createClient } from "../../client/create-client.ts";
import { startReceiver } from "../../examples/demo/receiver.ts";
import { putTenants } from "../../examples/demo/tenants.ts";
import { publishAlways } from "../../examples/demo/traffic.ts";
import { root } from "../support/process/program.ts";
import { startLocalRun } from "../support/service/local-run.ts";
import { chromiumVariable, setup as findChromium } from "./chromium-setup.ts";
import { startCustomerPage } from "./portal/customer-page.ts";
import { seedDay } from "./seeded-day.ts";

/** The banner is to tell of a number that one would act on. */
const leastWaiting = 12;
/** Of the page around the portal; the local run lets it frame the portal. */
const customerPort = 8_000;

findChromium();
await using receiver = await startReceiver();
await using run = await startLocalRun();
const client = createClient(run);
await putTenants(client, receiver.url);
await seedDay(run.dataDir, client);
const stopping = new AbortController();
const traffic = publishAlways(client, stopping.signal).catch(() => undefined);
const heldId = await whenEveryStateIsThere();

await using browser = {
  chromium: await chromium.launch({
    executablePath: process.env[chromiumVariable] ?? "",
    args: ["--no-sandbox", "--disable-gpu"],
  }),
  [Symbol.asyncDispose]() {
    return this.chromium.close();
  },
};
const page = await browser.chromium.newPage({
  ...{ viewport: { width: 1_440, height: 900 }, colorScheme: "light", reducedMotion: "reduce" },
  ...{ locale: "en-GB", timezoneId: "Europe/Berlin" },
});
await page.goto(`${run.url}/console/`);
await page.getByLabel("API key").fill(run.key);
await page.getByRole("button", { name: "Sign in" }).click();
await page.getByRole("link", { name: "erp-connector" }).waitFor();
await take(page, "console.png");
await page.goto(`${run.url}/console/#/webhooks/${heldId}`);
await page.getByText("Deliveries have been paused").waitFor();
await page.locator(".badge").first().waitFor();
await take(page, "console-webhook.png");
{
  // In a page of the tenant's provider, as the example shows it.
  await using customer = await startCustomerPage(run, customerPort, "plain");
  await page.goto(customer.url);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("link", { name: "erp-connector" }).waitFor();
  await take(page, "portal.png");
}
stopping.abort();
await traffic;

/** The id of a webhook that is held, and for which a number of deliveries wait. */
async function whenEveryStateIsThere(): Promise<string> {
  for await (const _ of every(2_000)) {
    const { counts, webhooks } = await client.getOverview({});
    const held = webhooks.find(({ webhookName }) => webhookName === "erp-connector");
    const { state, waiting = 0 } = held?.health ?? {};
    const hasAll = !Object.values(counts).includes(0) && state === "held";
    if (held && hasAll && waiting >= leastWaiting) return held.webhookId;
  }
  throw new Error("unreachable: the interval has no end");
}

async function take(page: Page, name: string): Promise<void> {
  const path = join(root, "docs", name);
  await page.mouse.move(0, 0);
  await page.screenshot({ path });
  const quantised = spawnSync("pngquant", ["--force", "--strip", "--output", path, "64", path]);
  if (quantised.status !== 0)
    console.error("pngquant did not run: the picture is larger than it need be");
  console.log(`${path}: ${statSync(path).size} bytes`);
}
