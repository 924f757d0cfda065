import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { pseudoTag } from "../../../portal/language/pseudo.ts";
import { faultsOf } from "../layout-faults.ts";
import { keepScreenshot } from "../screenshots.ts";
import { cacheName, prepareScreens } from "./customer-screens.ts";
import { show, usePortal } from "./portal-under-test.ts";

const hookcast = usePortal();
const topicName = "t";

hookcast.prepare(async () => {
  await hookcast.client.putEventType({
    ...{ topicName, event: "invoice.paid", group: "Invoices", description: "An invoice is paid." },
    status: "deprecated",
    examples: [{ id: "inv_1" }],
    schema: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
  });
});

const screens = [
  ...prepareScreens(hookcast),
  { name: "events", ready: ".events", path: () => "#/events" },
  { name: "event", ready: ".fields", path: () => `#/events/${topicName}/invoice.paid` },
];

/** With what the first screen is called. */
const languages = [
  ["de", "Endpunkte"],
  ["es", "Endpoints"],
  ["fr", "Endpoints"],
  ["ja", "エンドポイント"],
  ["pt", "Endpoints"],
  // A third longer than English throughout.
  [pseudoTag, "⟦Éñdpöîñtš···⟧"],
] as const;
const widths = [390, 1_280];
const all = languages.flatMap(([locale, title]) =>
  widths.map((width) => ({ locale, title, width })),
);

test.each(all)("$locale has room on every screen at $width pixels", async (one) => {
  const { locale, title, width } = one;
  const viewport = { width, height: 800 };
  const session = { locale, theme: { name: "Client Inc." } };
  const page = await hookcast.openPortal(cacheName, session, { viewport });
  await page.getByRole("heading", { name: title }).waitFor();
  const lang = locale === pseudoTag ? "en" : locale;
  expect(await page.evaluate("document.documentElement.lang")).toBe(lang);
  for (const { name, ready, path } of screens) {
    await show(page, path());
    await page.locator(ready).first().waitFor();
    expect([name, await faultsOf(page), await cutTexts(page)]).toEqual([name, [], []]);
    await keepScreenshot(page, `portal-${name}-${locale}-${width}`);
  }
});

/** What is shown without its end, and is no name of the customer's. */
function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate<
    string[]
  >(`[...document.querySelectorAll("button, .button, label, th, td, h2, p, summary, option, .badge, .state")]
    .filter((one) => one.checkVisibility() && !one.closest(".unseen") && !one.querySelector(".cut, .url, code, pre, input"))
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
    .map((one) => one.textContent)`);
}
