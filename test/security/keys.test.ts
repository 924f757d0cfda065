import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { startHost } from "../../local/host.ts";
import { openApiKeyStore } from "../../shared/store/secrets/api-key-store.ts";
import { makeKey } from "../contract/gateway/keys.ts";
import { eventually } from "../support/eventually.ts";
import { type Api, api } from "../support/service/api.ts";
import { operate } from "./operate.ts";
import { readRows } from "./rows.ts";

/** How far the gateway's clock is ahead, which nobody can set: what it remembers ends when a test says so. */
let aheadMs = 0;
const now = performance.now.bind(performance);
vi.spyOn(performance, "now").mockImplementation(() => now() + aheadMs);

/** Lets an hour pass, which is longer than any gateway remembers. */
function forget(): void {
  aheadMs += 3_600_000;
}

const parts = new AsyncDisposableStack();
afterAll(() => parts.disposeAsync());
const dataDir = await mkdtemp(join(tmpdir(), "hookcast-keys-"));
parts.defer(() => rm(dataDir, { recursive: true, force: true }));

const assembly = process.env.HOOKCAST_TEST_ASSEMBLY ?? "";
const host = await startHost({ assembly, dataDir, port: 0, log: () => undefined });
parts.defer(host.close);
const keys = (...args: string[]) => operate("keys", args, host.operatorEnv);

/** How often the authorizer has been asked, and what it did in the table of keys. */
async function authorizerCalls() {
  const stats = await host.functions();
  const [, authorizer] = Object.entries(stats).find(([name]) => /^ApiAuthorize/.test(name)) ?? [];
  const calls = (await host.calls()).filter(({ accessKeyId }) => /^ApiAuthorize/.test(accessKeyId));
  const made = (action: string) => calls.find((call) => call.action === action)?.calls ?? 0;
  return {
    asked: authorizer?.invocations ?? 0,
    reads: made("GetItem"),
    writes: made("UpdateItem"),
  };
}

function list(call: Api, cacheName: string) {
  return call({ method: "GET", path: `/api/v1/caches/${encodeURIComponent(cacheName)}/webhooks` });
}

function publish(call: Api, cacheName: string) {
  return call({ method: "POST", path: `/api/v1/caches/${cacheName}/topics/t`, body: {} });
}

async function callerOf(...caches: string[]): Promise<{ key: string; call: Api }> {
  const key = await makeKey(host.operatorEnv, { caches });
  return { key, call: api(host.url, key) };
}

test("a last use from before it had a row of its own is still listed", async () => {
  const { ApiKeysTable = "", ...aws } = host.operatorEnv;
  Object.assign(process.env, aws, { API_KEYS_TABLE: ApiKeysTable });
  const keyId = "key_01JDB2Q5V8K3M4N6P7R8S9TAVW";
  const scope = { caches: ["old"], permissions: ["read" as const] };
  const times = { createdTimeMs: 0, lastUsedTimeMs: Date.UTC(2026, 0, 2, 3) };
  await openApiKeyStore().put({ v: 1, keyId, hash: "", name: "old", ...scope, ...times });
  const line = (await keys("list")).stdout.split("\n").find((text) => text.includes(keyId));
  expect(line).toContain("2026-01-02T03:00:00");
});

test("an allow that the gateway remembers for one cache does not open another", async () => {
  const { call } = await callerOf("a");
  const before = await authorizerCalls();
  expect((await list(call, "a")).status).toBe(200);
  for (const ask of [list, publish]) {
    const refusal = await ask(call, "b");
    expect(refusal.status).toBe(403);
    expect(refusal.body).toMatchObject({ error: { code: "PERMISSION_ERROR" } });
  }
  expect((await list(call, "a")).status).toBe(200);
  expect((await authorizerCalls()).asked).toBe(before.asked + 1);
});

test("a refusal that the gateway remembers does not shut out a key for its own cache", async () => {
  const { call } = await callerOf("c");
  expect((await list(call, "d")).status).toBe(403);
  expect((await list(call, "c")).status).toBe(200);
});

test("a key's use is written once, however often the authorizer is asked, and never by others", async () => {
  const { key, call } = await callerOf("e");
  const before = await authorizerCalls();
  expect((await list(call, "e")).status).toBe(200);
  // The request does not wait for long until its use is written.
  await eventually(async () => (await authorizerCalls()).writes === before.writes + 1);
  forget();
  expect((await list(call, "e")).status).toBe(200);
  const { asked, reads, writes } = await authorizerCalls();
  expect([asked, reads, writes]).toEqual([before.asked + 2, before.reads + 2, before.writes + 1]);

  const line = (await keys("list")).stdout.split("\n").find((text) => text.includes(idOf(key)));
  expect(line).toMatch(
    /e +read,manage,publish +\d{4}-\d\d-\d\dT\S+Z +\d{4}-\d\d-\d\dT\S+Z +active/,
  );
});

/** `hk_<ulid>_…` → `key_<ulid>` */
function idOf(key: string): string {
  return `key_${key.split("_")[1]}`;
}

test("a key is shown once: what is stored and listed cannot be used in its place", async () => {
  const made = await keys("create", "--name", "once", "--all-caches", "--days", "3");
  const key = /hk_\w+/.exec(made.stdout)?.[0] ?? "";
  const secret = key.split("_")[2] ?? "";
  expect(secret).toHaveLength(43);

  const stored = [...(await readRows(host.operatorEnv)).values()].join("\n");
  expect(stored).toContain(idOf(key));
  expect(stored).not.toContain(secret);
  const { stdout } = await keys("list");
  expect(stdout).toMatch(new RegExp(`${idOf(key)} +once .* never +active until \\d{4}-`));
  expect(stdout).not.toContain(secret);
  expect(stdout).not.toMatch(/[0-9a-f]{64}/);
});

test.each(["we,ird", "*", "a b", "*,*"])(
  "a key for the cache %j covers it and no other",
  async (cache) => {
    const { call } = await callerOf(cache);
    expect((await list(call, cache)).status).toBe(200);
    for (const other of ["we", "ird", "a", "b", "*", "elsewhere"].filter(
      (name) => name !== cache,
    )) {
      expect((await list(call, other)).status).toBe(403);
    }
  },
);

test("a key for several caches covers each of them and no other", async () => {
  const { call } = await callerOf("one,two", "*");
  expect((await list(call, "one,two")).status).toBe(200);
  expect((await list(call, "*")).status).toBe(200);
  expect((await list(call, "one")).status).toBe(403);
});

test("a revoked key works no longer than the gateway remembers it", async () => {
  const { key, call } = await callerOf("f");
  expect((await list(call, "f")).status).toBe(200);
  const { stdout } = await keys("revoke", idOf(key));
  expect(stdout).toContain(idOf(key));
  expect(stdout).toContain("authorizerCacheSeconds");

  forget();
  expect((await list(call, "f")).status).toBe(403);
  expect((await keys("list")).stdout).toMatch(new RegExp(`${idOf(key)} .*revoked \\d{4}-`));
});

test("a leaked key can be revoked by itself, without knowing its id", async () => {
  const { key, call } = await callerOf("g");
  const { stdout } = await keys("revoke", key);
  expect(stdout).toContain(`${idOf(key)} is revoked`);
  expect(stdout).not.toContain(key);
  expect((await list(call, "g")).status).toBe(403);
});

test.each([
  [["revoke", "key_01JDB2Q5V8K3M4N6P7R8S9TAVX"], "no key key_01JDB2Q5V8K3M4N6P7R8S9TAVX"],
  [["revoke", "billing"], "key id"],
  [["revoke"], "key id"],
  [["create"], "--all-caches"],
  [["create", "--all-caches", "--cache", "a"], "--all-caches"],
  [["create", "--all-caches", "--permissions", "root"], "--permissions"],
  [["create", "--cache", "a/b"], "--cache"],
  [["create", "--all-caches", "--days", "0"], "--days"],
  [["remove"], "usage"],
])("keys %j is refused with a reason", async (args, reason) => {
  const { exitCode, stdout, stderr } = await keys(...args);
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(reason);
});
