import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { freePort } from "../../support/process/free-port.ts";
import { synthesize } from "../../support/service/assembly.ts";
import { startCustomerPage } from "./customer-page.ts";
import { usePortal } from "./portal-under-test.ts";

const folder = await mkdtemp(join(tmpdir(), "hookcast-embedding-"));
const ports = { plain: await freePort(), react: await freePort(), stranger: await freePort() };
const urlAt = (port: number) => `http://127.0.0.1:${port}`;

const hookcast = usePortal(() =>
  synthesize(join(folder, "cdk.out"), {
    portalOrigins: [urlAt(ports.plain), urlAt(ports.react)],
    // A revoked session is refused at once.
    authorizerCacheSeconds: 0,
  }),
);
const pages = new AsyncDisposableStack();
hookcast.prepare(async () => {
  await hookcast.putWebhook("acme", "shop");
  for (const [kind, port] of Object.entries(ports)) {
    const as = kind === "react" ? "react" : "plain";
    pages.use(await startCustomerPage(hookcast.run, port, as));
  }
});
afterAll(async () => {
  await pages.disposeAsync();
  await rm(folder, { recursive: true, force: true });
});

const Envelope = z.object({ response: z.object({ sessionId: z.string() }) });
const frameOf = (page: Page) => page.frameLocator("iframe[title=Webhooks]");

describe.each(["plain", "react"] as const)("a %s page", (kind) => {
  test("shows the portal, which grows with what is in it", async () => {
    const page = await hookcast.openTab(urlAt(ports[kind]));
    await frameOf(page).getByRole("link", { name: "shop" }).waitFor();
    expect(await page.locator("iframe").count()).toBe(1);
    expect(await page.content()).not.toContain("hkp_"); // how a session's token begins
    const height = async () => (await page.locator("iframe").boundingBox())?.height ?? 0;
    await eventually(async () => (await height()) < 500);
    const before = await height();
    await frameOf(page).getByRole("link", { name: "Add endpoint" }).click();
    await frameOf(page).getByLabel("URL").waitFor();
    await eventually(async () => (await height()) > before);
    const isCut = "document.documentElement.scrollHeight > innerHeight + 1";
    const [, frame] = page.frames();
    await eventually(async () => (await frame?.evaluate(isCut)) === false);
  });

  test("has a session that ended renewed, while nobody notices", async () => {
    const { page, sessions } = await openWatched(kind);
    const asked = sessions.length;
    await endSessions(sessions);
    await frameOf(page).getByRole("link", { name: "shop" }).click();
    await frameOf(page).getByText("No delivery yet").waitFor();
    expect(sessions.length).toBeGreaterThan(asked);
  });
});

test("a frame that was loaded anew gets another token", async () => {
  const page = await hookcast.openTab(urlAt(ports.plain));
  await frameOf(page).getByRole("link", { name: "shop" }).waitFor();
  const [, frame] = page.frames();
  await frame?.evaluate("location.reload()").catch(() => undefined); // the frame goes while it answers
  await frameOf(page).getByRole("link", { name: "shop" }).waitFor();
});

test("the browser refuses to frame it for a page that is not named", async () => {
  const watched = await hookcast.openTab("about:blank");
  const page = await watched.context().newPage();
  const refused = page.waitForEvent("console", {
    predicate: (message) => message.text().includes("frame-ancestors"),
  });
  await page.goto(urlAt(ports.stranger));
  expect((await refused).text()).toContain(hookcast.run.url);
  expect(await frameOf(page).getByRole("heading").count()).toBe(0);
});

test("nobody but the page around it hands it a token", async () => {
  const { page, sessions } = await openWatched("plain");
  const used: string[] = [];
  page.on("request", (request) => used.push(request.headers().authorization ?? ""));
  // The page's server takes its time, so that the frame waits for a token.
  const answer = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  await page.route("**/portal-session", async (route) => {
    asked.resolve();
    await answer.promise;
    await route.continue();
  });
  await endSessions(sessions);
  await frameOf(page).getByRole("link", { name: "shop" }).click();
  await asked.promise;
  const forged = `{ type: "hookcast:token", token: "hkp_forged" }`;
  const [, frame] = page.frames();
  await frame?.evaluate(`postMessage(${forged}, "*")`);
  await addFrame(page, `parent.frames[0].postMessage(${forged}, "*")`);
  answer.resolve();
  await frameOf(page).getByText("No delivery yet").waitFor();
  expect(used.filter((value) => value.includes("forged"))).toEqual([]);
});

test("nobody but the frame is handed one, or makes it grow", async () => {
  const { page, sessions } = await openWatched("plain");
  const asked = sessions.length;
  await addFrame(
    page,
    `parent.postMessage({ type: "hookcast:renew" }, "*");
     parent.postMessage({ type: "hookcast:height", height: 9999 }, "*");`,
  );
  const height = await page.locator("iframe").first().evaluate("(frame) => frame.style.height");
  expect(height).not.toBe("9999px");
  // Whatever the page had asked its server for would have come before this.
  await page.evaluate(`fetch("/page.js").then((answer) => answer.text())`);
  expect(sessions.length).toBe(asked);
});

/** Puts a frame beside the portal's that runs a script, and waits until what it wrote has been read. */
async function addFrame(page: Page, script: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    addEventListener("message", ({ data }) => data === "written" && resolve());
    const other = document.createElement("iframe");
    other.srcdoc = ${JSON.stringify(`<script>${script}; parent.postMessage("written", "*")</script>`)};
    document.body.append(other);
  })`);
}

test("the frame's headers name who may frame it, and no older header does", async () => {
  const answer = await fetch(`${hookcast.run.url}/portal/`);
  expect(answer.headers.get("x-frame-options")).toBeNull();
  expect(answer.headers.get("content-security-policy")).toContain(
    `frame-ancestors ${urlAt(ports.plain)} ${urlAt(ports.react)}`,
  );
  const console = await fetch(`${hookcast.run.url}/console/`);
  expect(console.headers.get("x-frame-options")).toBe("DENY");
});

/** A page with its portal, and the tokens of the sessions that its server has created for it so far. */
async function openWatched(kind: "plain" | "react"): Promise<{ page: Page; sessions: string[] }> {
  const sessions: string[] = [];
  const page = await hookcast.openTab("about:blank");
  page.on("response", async (answer) => {
    if (!answer.url().endsWith("/portal-session")) return;
    const { url } = await answer.json();
    sessions.push(new URL(url).hash.slice("#token=".length));
  });
  await page.goto(urlAt(ports[kind]));
  await frameOf(page).getByRole("link", { name: "shop" }).waitFor();
  return { page, sessions };
}

/** As an operator does; each token's session knows its own id. */
async function endSessions(tokens: readonly string[]): Promise<void> {
  for (const token of tokens) {
    const answer = await fetch(`${hookcast.run.url}/api/v1/portal`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { response } = Envelope.parse(await answer.json());
    await hookcast.client.deletePortalSession({
      ...{ cacheName: "acme", sessionId: response.sessionId },
    });
  }
}
