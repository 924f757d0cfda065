import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { pseudoTag } from "../../../portal/language/pseudo.ts";
import { expectAccessible } from "../accessibility.ts";
import { faultsOf } from "../layout-faults.ts";
import { keepScreenshot } from "../screenshots.ts";
import { cacheName, event, prepareScreens, webhookName } from "./customer-screens.ts";
import { show, usePortal } from "./portal-under-test.ts";

const hookcast = usePortal();
const screens = prepareScreens(hookcast);

const logo = `data:image/svg+xml;base64,${Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>`,
).toString("base64")}`;
// Neither can be read as it is: yellow on white, and nearly black on black.
const themes = { light: "#ffee00", dark: "#101010" } as const;

async function open(path: string, ready: string, width: number, locale = "en"): Promise<Page> {
  const theme = { name: "Client Inc.", logo, accent: themes[width < 1_000 ? "light" : "dark"] };
  const session = { theme, locale, returnUrl: "https://app.client.example/" };
  const page = await hookcast.openPortal(cacheName, session, { viewport: { width, height: 800 } });
  await show(page, path);
  await page.locator(ready).first().waitFor();
  return page;
}

describe.each(screens)("$name", ({ name, ready, path }) => {
  test.each([390, 1_024, 1_440])("is laid out and accessible at %i pixels", async (width) => {
    const page = await open(path(), ready, width);
    expect(await faultsOf(page)).toEqual([]);
    await expectAccessible(page);
    await keepScreenshot(page, `portal-${name}-${width}`);
  });

  test("has every text translated", async () => {
    const page = await open(path(), ready, 1_024, pseudoTag);
    const texts = await page.evaluate<string[]>(foreignTexts);
    expect(texts.filter((text) => !isData(text))).toEqual([]);
    // A third longer, as in other languages.
    expect(await faultsOf(page)).toEqual([]);
  });
});

test("a browser's language counts where the session names none", async () => {
  const page = await hookcast.openPortal("german", {}, { locale: "de-AT" });
  await page.getByRole("heading", { name: "Endpunkte" }).waitFor();
  await page.getByText("Fügen Sie Ihren ersten Endpunkt hinzu").waitFor();
  await expectAccessible(page);
  await keepScreenshot(page, "portal-empty-de");
});

test("a session says whether it is light or dark", async () => {
  const ground = (page: Page) =>
    page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
  const light = await hookcast.openPortal(
    "modes",
    { theme: { mode: "light" } },
    { colorScheme: "dark" },
  );
  const dark = await hookcast.openPortal(
    "modes",
    { theme: { mode: "dark" } },
    { colorScheme: "light" },
  );
  expect([await ground(light), await ground(dark)]).toEqual([
    ...["rgb(246, 247, 249)", "rgb(13, 16, 20)"],
  ]);
});

test("nothing in the address changes how it looks", async () => {
  const { url } = await hookcast.client.createPortalSession({ cacheName: "plain" });
  const page = await hookcast.openTab(
    `${url}&accent=%23ff0000&name=Evil&mode=dark&logo=data:,&locale=de`,
  );
  await page.getByText("Add your first endpoint").waitFor();
  expect(await page.content()).not.toMatch(/Evil|#ff0000/);
  expect(await page.evaluate("document.documentElement.dataset.theme")).toBeUndefined();
});

/** Texts and labels that the pseudo-locale has not marked; runs in the page. */
const foreignTexts = `(() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (parentElement.closest("script, noscript, code, pre, time, .url, .cut, .number")) continue;
    found.push(data.replaceAll(/⟦[^⟧]*⟧/g, "").trim());
  }
  for (const one of document.querySelectorAll("[aria-label], [placeholder]")) {
    for (const name of ["aria-label", "placeholder"]) {
      const text = one.getAttribute(name);
      if (text) found.push(text.replaceAll(/⟦[^⟧]*⟧/g, "").trim());
    }
  }
  return found.filter((text) => /[a-z]/i.test(text));
})()`;

/** What the customer or the service wrote, or what has a name of its own in every language. */
function isData(text: string): boolean {
  const own = ["Client Inc.", "Node.js", "Python", "Go", "PHP", "Ruby", "POST", "t"];
  const isOurs = own.includes(text) || [webhookName, event].includes(text);
  return isOurs || /^HTTP \d+$|^\d+ ms$|^https:\/\/example\.com|^invoice\.paid|^\{ "/.test(text);
}
