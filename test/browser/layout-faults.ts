import type { Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";

/** What is wrong with how a page is laid out; runs in the page. */
const faultsOfLayout = `(() => {
  const isSeen = (one) => one.checkVisibility() && !one.closest(".unseen");
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isSeen);
  const textOf = (one) => (one.textContent || one.tagName).trim().slice(0, 40);
  const faults = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push("scrolls sideways: " + scrollWidth);
  for (const one of all(".id, time, .state, .badge, .number, .event .cut, button:not(.tile), .button")) {
    const range = document.createRange();
    range.selectNodeContents(one);
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 1);
    const isBelow = ({ top, bottom }) => top >= boxes[0].bottom || bottom <= boxes[0].top;
    if (boxes.some(isBelow)) faults.push("wraps: " + textOf(one));
  }
  const actions = all("main :is(a, button, input, select, textarea, summary), .announcer:has(.toast)");
  for (const [index, one] of actions.entries()) {
    const box = one.getBoundingClientRect();
    if (box.right > clientWidth + 1) faults.push("stands out: " + textOf(one));
    for (const other of actions.slice(index + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const { left, right, top, bottom } = other.getBoundingClientRect();
      const across = Math.min(box.right, right) - Math.max(box.left, left);
      const down = Math.min(box.bottom, bottom) - Math.max(box.top, top);
      if (across > 1 && down > 1) faults.push(textOf(one) + " is covered by " + textOf(other));
    }
  }
  return faults;
})()`;

/** What wraps, stands out of the page, or covers something that can be clicked, once everything is loaded. */
export async function faultsOf(page: Page): Promise<string[]> {
  await eventually(async () => (await page.locator(".skeleton").count()) === 0);
  return await page.evaluate<string[]>(faultsOfLayout);
}
