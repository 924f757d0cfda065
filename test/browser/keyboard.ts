import type { Page } from "playwright-core";
import { expect } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../support/eventually.ts";

const Focused = z.object({
  name: z.string(),
  isHeading: z.boolean(),
  hasOutline: z.boolean(),
  isInDialog: z.boolean(),
});
type Focused = z.infer<typeof Focused>;

/** More than any screen has to offer. */
const maxStops = 60;

/** Goes forward to a control by its name, as who has no mouse; every stop on the way must be seen. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < maxStops; stop += 1) {
    await page.keyboard.press("Tab");
    const focused = await focusOf(page);
    expect(focused.hasOutline, `the focus is visible on ${focused.name}`).toBe(true);
    if (typeof name === "string" ? focused.name === name : name.test(focused.name)) return;
    passed.push(focused.name);
  }
  throw new Error(`${name} was not reached past ${passed.join(", ")}`);
}

/** Waits for a screen, which begins at its heading; the link that led there may have the same name. */
export async function screenOpened(page: Page, heading: string): Promise<void> {
  await eventually(async () => {
    const { name, isHeading } = await focusOf(page);
    return isHeading && name === heading;
  });
}

/** What has the focus; the page's own root where nothing has. */
export async function focusOf(page: Page): Promise<Focused> {
  return Focused.parse(
    await page.evaluate(`(() => {
      const { activeElement } = document;
      const label = activeElement.labels?.[0]?.textContent;
      return {
        name: (activeElement.ariaLabel ?? label ?? activeElement.textContent).trim(),
        isHeading: /^H\\d$/.test(activeElement.tagName),
        hasOutline: activeElement === document.body ||
          getComputedStyle(activeElement).outlineStyle !== "none",
        isInDialog: activeElement.closest("dialog") !== null,
      };
    })()`),
  );
}
