import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { launchChromium, noChromiumVariable } from "../browser/chromium-setup.ts";
import { noSiteVariable, pictures } from "./built-site.ts";
import { type StaticServer, serveSite } from "./static-server.ts";

const reason = process.env[noSiteVariable] ?? process.env[noChromiumVariable];
beforeEach(({ skip }) => skip(reason !== undefined, reason));

let browser: Browser;
let site: StaticServer;
beforeAll(async () => {
  if (reason !== undefined) return;
  site = await serveSite();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

/** A tab on a page of the site; it fails the test where a script does, or where anything is not found. */
async function open(path: string, width = 1440): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith("data:")) {
      complaints.push(`asks ${request.url()}`);
    }
  });
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(site.url + path, { waitUntil: "networkidle" });
  return page;
}

test("the search finds a page by a word of it, and leads there", async () => {
  const page = await open("");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("searchbox").fill("dead-letter queue");
  const result = page.getByRole("option").first();
  await result.waitFor();
  await page.screenshot({ path: join(pictures, "search-1440.png") });
  await page.getByRole("searchbox").fill("rotation of secrets verify");
  await page.getByRole("option").filter({ hasText: "Verifying deliveries" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Verifying deliveries" }).waitFor();
});

test("the API reference leads to an operation, with its route, fields, example and refusals", async () => {
  const page = await open("api/");
  await page.getByRole("navigation", { name: "Sidebar" }).getByText("publishBatch").click();
  await page.getByRole("heading", { level: 1, name: "publishBatch" }).waitFor();
  const content = page.getByRole("main");
  await content.getByText("POST /api/v1/caches/{cacheName}/topics/{topicName}/batch").waitFor();
  await content.getByRole("table").first().getByText("cacheName").waitFor();
  await content.getByRole("link", { name: "Refused" }).click();
  await page.waitForURL("**/api/#refusals");
});

test("a guide's command is copied whole by its button", async () => {
  const page = await open("start");
  const block = page.locator("div.language-bash").first();
  await block.hover();
  await block.getByRole("button", { name: "Copy Code" }).click();
  const copied = await page.evaluate("navigator.clipboard.readText()");
  expect(copied).toBe("npm ci && npm start");
});

test("the first page leads each kind of reader to a guide", async () => {
  for (const [role, title] of [
    ["Send", "The TypeScript client"],
    ["Receive", "Verifying deliveries"],
    ["Operate", "Deploying"],
    ["Maintain", "Contributing"],
  ] as const) {
    const page = await open("");
    await page.locator(".VPFeature").filter({ hasText: role }).click();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
  }
});

test.for(["", "start", "verify", "api/publish", "performance", "source/shared/store/keys-ts"])(
  "axe finds nothing serious, and nothing is wider than a screen: /%s",
  async (path) => {
    for (const width of [390, 1440]) {
      const page = await open(path, width);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(colorScheme === "dark" ? "html.dark" : "html:not(.dark)").waitFor();
        const name = `${path.replaceAll("/", "-") || "home"}-${width}-${colorScheme}`;
        await page.screenshot({ path: join(pictures, `${name}.png`) });
        expect(await seriousFindings(page), name).toEqual([]);
      }
      const overflow =
        "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow), `${path} at ${width}`).toBe(0);
    }
  },
);

const Findings = z.array(
  z.object({
    id: z.string(),
    impact: z.nullish(z.string()),
    nodes: z.array(z.object({ html: z.string() })),
  }),
);

async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate("axe.run().then(({ violations }) => violations)");
  return z
    .parse(Findings, found)
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
