import { describe, expect, test } from "vitest";
import { parsePortalToken } from "../../../shared/domain/portal-token.ts";
import { makeKey } from "../gateway/keys.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { succeed } from "../webhooks.ts";
import { createSession, getPortal } from "./sessions.ts";

const { root, client, operatorEnv } = await openService();

const forbidden = { status: 403, code: "PERMISSION_ERROR", paths: [] };
const logo = `data:image/png;base64,${"A".repeat(400)}`;
const wish = {
  permissions: ["read", "resend"],
  topics: ["paid", "größe"],
  audience: "public",
  expiresInSeconds: 300,
  theme: { name: "Kunde & Söhne", logo, accent: "#0a7f5a", mode: "dark" },
  locale: "de-AT",
  returnUrl: "https://app.client.example/settings?tab=hooks",
};

test("a session lets its page in, which reads what it is", async () => {
  const cacheName = freshCache();
  const beforeMs = Date.now();
  const session = await createSession(root, cacheName, wish);
  expect(parsePortalToken(session.token)?.sessionId).toBe(session.sessionId);

  const portal = await getPortal(client(session.token));
  const { expiresInSeconds, ...settings } = wish;
  expect(portal).toEqual({
    sessionId: session.sessionId,
    cacheName,
    ...settings,
    expiresTime: session.expiresTime,
    portalOrigins: expect.any(Array),
  });
  const lasts = Date.parse(session.expiresTime) - beforeMs;
  expect(lasts).toBeGreaterThan((expiresInSeconds - 2) * 1000);
  expect(lasts).toBeLessThan((expiresInSeconds + 60) * 1000);
});

test("without a wish a session reads and manages every topic of the cache for an hour", async () => {
  const cacheName = freshCache();
  const session = await createSession(root, cacheName);
  const portal = await getPortal(client(session.token));
  expect(portal).toEqual({
    sessionId: session.sessionId,
    cacheName,
    permissions: ["read", "manage"],
    expiresTime: session.expiresTime,
    portalOrigins: expect.any(Array),
  });
  const minutes = (Date.parse(session.expiresTime) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(59);
  expect(minutes).toBeLessThan(61);
});

test("the address has the token in its fragment and nowhere else", async () => {
  const { token, url } = await createSession(root, freshCache());
  if (url === null) return; // a deployment without a console
  const { hash, href, pathname } = new URL(url);
  expect([hash, pathname]).toEqual([`#token=${token}`, expect.stringMatching(/\/portal\/$/)]);
  expect(href.slice(0, -hash.length)).not.toContain(token.slice(-20));
});

test.each([
  [{ permissions: [] }, "permissions"],
  [{ permissions: ["publish"] }, "permissions.0"],
  [{ topics: [] }, "topics"],
  [{ topics: ["paid", "$hookcast"] }, "topics.1"],
  [{ topics: ["a/b"] }, "topics.0"],
  [{ topics: Array.from({ length: 21 }, (_, n) => `t${n}`) }, "topics"],
  [{ topics: Array.from({ length: 20 }, (_, n) => `${"ü".repeat(120)}${n}`) }, "topics"],
  [{ audience: "a b" }, "audience"],
  [{ expiresInSeconds: 299 }, "expiresInSeconds"],
  [{ expiresInSeconds: 86_401 }, "expiresInSeconds"],
  [{ theme: { name: "" } }, "theme.name"],
  [{ theme: { name: "x".repeat(65) } }, "theme.name"],
  [{ theme: { logo: "https://elsewhere.example/logo.png" } }, "theme.logo"],
  [{ theme: { logo: "data:text/html;base64,AAAA" } }, "theme.logo"],
  [{ theme: { logo: `data:image/png;base64,${"A".repeat(16_384)}` } }, "theme.logo"],
  [{ theme: { accent: "red" } }, "theme.accent"],
  [{ theme: { accent: "#fff;}" } }, "theme.accent"],
  [{ theme: { mode: "blue" } }, "theme.mode"],
  [{ locale: "german" }, "locale"],
  [{ returnUrl: "http://app.client.example/" }, "returnUrl"],
  [{ returnUrl: "javascript:alert(1)" }, "returnUrl"],
  [{ cacheName: "other" }, "cacheName"],
])("%j is refused by name", async (json, path) => {
  const answer = await root.call("createPortalSession", { cacheName: freshCache() }, { json });
  expect(refusalOf(answer)).toEqual(badFields(path));
});

test("a session that was ended is gone at once for its page; the rest follows when the gateway forgets", async () => {
  const cacheName = freshCache();
  const { sessionId, token } = await createSession(root, cacheName);
  const page = client(token);
  await getPortal(page);
  const elsewhere = await root.call("deletePortalSession", { cacheName: freshCache(), sessionId });
  expect(refusalOf(elsewhere)).toMatchObject({ status: 404, code: "NOT_FOUND_ERROR" });
  await getPortal(page);

  await succeed(root, "deletePortalSession", { cacheName, sessionId });
  expect(refusalOf(await page.call("getPortal"))).toEqual(forbidden);
  const again = await root.call("deletePortalSession", { cacheName, sessionId });
  expect(refusalOf(again)).toMatchObject({ status: 404, code: "NOT_FOUND_ERROR" });
});

test("an API key has no portal", async () => {
  expect(refusalOf(await root.call("getPortal"))).toEqual(forbidden);
});

describe.skipIf(operatorEnv === undefined)(
  "keys of narrower scope (a given service needs HOOKCAST_KEYS_ENV)",
  () => {
    const env = operatorEnv ?? {};

    test("nobody gives a session what their key lacks", async () => {
      const cacheName = freshCache();
      const manager = client(await makeKey(env, { caches: [cacheName], permissions: ["manage"] }));
      const create = (json?: object) =>
        manager.call("createPortalSession", { cacheName }, json ? { json } : {});
      expect(refusalOf(await create())).toEqual(forbidden);
      expect(refusalOf(await create({ permissions: ["read"] }))).toEqual(forbidden);
      expect((await create({ permissions: ["resend", "secret", "manage"] })).status).toBe(201);
    });
  },
);
