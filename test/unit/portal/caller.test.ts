import { expect, test } from "vitest";
import { routes } from "../../../shared/contract/routes.ts";
import { admit } from "../../../shared/runtime/admission.ts";
import { type Caller, quotaHolder, sees, seesTopic } from "../../../shared/runtime/caller.ts";

const nowMs = 1_706_138_428_000;
const expiresAt = nowMs / 1000 + 60;
const key: Caller = { keyId: "key_1", caches: ["orders"], permissions: ["read", "manage"] };
const session: Caller = { ...key, keyId: "ses_1", session: { topics: ["paid"], expiresAt } };
const wide: Caller = { ...session, session: { expiresAt } };
const named = { cacheName: "orders", topicName: undefined };

test("a key sees every topic of its caches, a session its own, and none the service's", () => {
  const topics = ["paid", "hers", "$hookcast"];
  expect(topics.map((name) => seesTopic(key, name))).toEqual([true, true, true]);
  expect(topics.map((name) => seesTopic(session, name))).toEqual([true, false, false]);
  expect(topics.map((name) => seesTopic(wide, name))).toEqual([true, true, false]);
  expect(sees(session, { cacheName: "others", topicName: "paid" })).toBe(false);
});

test("a session is let in until its second, also where the gateway remembers it", () => {
  const enter = (timeMs: number) => () => admit(routes.listWebhooks, session, named, timeMs);
  expect(enter(nowMs + 59_999)).not.toThrow();
  expect(enter(nowMs + 60_000)).toThrow("this portal session has expired");
});

test("a path with a topic that a session does not see is as if there were none", () => {
  const path = { cacheName: "orders", topicName: "hers" };
  const route = { ...routes.listWebhooks };
  expect(() => admit(route, session, path, nowMs)).toThrow("there is no topic hers");
  expect(() => admit(route, key, path, nowMs)).not.toThrow();
});

test("what is for sessions takes no key, and what is closed to them no session", () => {
  expect(() => admit(routes.getPortal, key, named, nowMs)).toThrow("takes no key");
  expect(() =>
    admit(routes.getPortal, { ...session, permissions: [] }, named, nowMs),
  ).not.toThrow();
  expect(() => admit(routes.createPortalSession, session, named, nowMs)).toThrow("may not do this");
});

test("a quota is a key's own, and one of all sessions of a cache", () => {
  expect(quotaHolder(key)).toBe("key_1");
  expect([quotaHolder(session), quotaHolder(wide)]).toEqual(["portal/orders", "portal/orders"]);
});
