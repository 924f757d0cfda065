import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { startHost } from "../../local/host.ts";
import { makeKey } from "../contract/gateway/keys.ts";
import { createSession } from "../support/calls.ts";
import { api } from "../support/service/api.ts";
import { operate } from "./operate.ts";
import { readRows } from "./rows.ts";

/** How far the gateway's clock is ahead: what it remembers ends when a test says so. */
let aheadMs = 0;
const now = performance.now.bind(performance);
vi.spyOn(performance, "now").mockImplementation(() => now() + aheadMs);

/** Lets an hour pass, which is longer than any gateway remembers. */
function forget(): void {
  aheadMs += 3_600_000;
}

const parts = new AsyncDisposableStack();
afterAll(() => parts.disposeAsync());
const dataDir = await mkdtemp(join(tmpdir(), "hookcast-portal-"));
parts.defer(() => rm(dataDir, { recursive: true, force: true }));

const assembly = process.env.HOOKCAST_TEST_ASSEMBLY ?? "";
const host = await startHost({ assembly, dataDir, port: 0, log: () => undefined });
parts.defer(host.close);
const keys = (...args: string[]) => operate("keys", args, host.operatorEnv);

/** A session of a cache of its own, with the key that made it. */
async function sessionOf(cacheName: string) {
  const key = await makeKey(host.operatorEnv, { caches: [cacheName] });
  const { sessionId, token } = await createSession(api(host.url, key), cacheName);
  const path = `/api/v1/caches/${cacheName}/webhooks`;
  const list = async () => (await api(host.url, token)({ method: "GET", path })).status;
  return { key, sessionId, token, list };
}

const readsOf = async () =>
  (await host.calls()).filter(
    ({ accessKeyId, action }) =>
      /^ApiAuthorize/.test(accessKeyId) && /Item$/.test(action) && action !== "UpdateItem",
  );

test("the authorizer reads a session and its key in one call, and remembers them", async () => {
  const { list } = await sessionOf("a");
  const count = async () => (await readsOf()).reduce((sum, { calls }) => sum + calls, 0);
  const before = await count();
  expect([await list(), await list()]).toEqual([200, 200]);
  expect(await count()).toBe(before + 1);
});

test("of a token only the hash is stored", async () => {
  const { token, sessionId } = await sessionOf("b");
  const stored = [...(await readRows(host.operatorEnv)).values()].join("\n");
  expect(stored).toContain(sessionId);
  expect(stored).not.toContain(token.split("_")[3]);
});

test("an ended session lets nobody in, once the gateway has forgotten it", async () => {
  const { key, sessionId, list } = await sessionOf("c");
  expect(await list()).toBe(200);
  const path = `/api/v1/caches/c/portal-sessions/${sessionId}`;
  expect((await api(host.url, key)({ method: "DELETE", path })).status).toBe(200);
  forget();
  expect(await list()).toBe(403);
});

test("a leaked token is ended by itself, and the list of keys still works beside sessions", async () => {
  const { token, sessionId, list } = await sessionOf("d");
  const { stdout } = await keys("revoke", token);
  expect(stdout).toContain(`${sessionId} is ended`);
  expect(stdout).not.toContain(token);
  expect(await list()).toBe(403);
  expect((await keys("revoke", sessionId)).stderr).toContain(`no portal session ${sessionId}`);
  const listed = await keys("list");
  expect([listed.exitCode, listed.stdout]).toEqual([0, expect.not.stringContaining("ses_")]);
});

test("sessions end with the key that made them", async () => {
  const { key, list } = await sessionOf("e");
  expect(await list()).toBe(200);
  await keys("revoke", key);
  forget();
  expect(await list()).toBe(403);
});
