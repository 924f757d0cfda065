import { expect, test, vi } from "vitest";
import { authorize } from "../../../functions/authorize.ts";
import { mintPortalToken, parsePortalToken } from "../../../shared/domain/portal-token.ts";
import { readCaller } from "../../../shared/runtime/caller.ts";
import type { ApiKeyRecord } from "../../../shared/store/secrets/api-key-store.ts";
import type { SessionGrant } from "../../../shared/store/secrets/session-grant.ts";
import { catchMetrics } from "../metric-lines.ts";

const ids = {
  sessionId: "ses_01ARYZ6S410000000000000000",
  keyId: "key_01JDB2Q5V8K3M4N6P7R8S9TAVW",
};
const token = mintPortalToken(ids, Buffer.alloc(32, 7));
const nowMs = 1_706_138_428_000;
const expiresAt = nowMs / 1000 + 300;
const metrics = catchMetrics();

const session: SessionGrant = {
  v: 1,
  keyId: ids.sessionId,
  hash: parsePortalToken(token)?.hash ?? "",
  cacheName: "*",
  permissions: ["read", "resend"],
  topics: ["paid", "b c"],
  audience: "public",
  expiresAt,
};
const key: ApiKeyRecord = {
  v: 1,
  keyId: ids.keyId,
  hash: "ab".repeat(32),
  name: "backend",
  caches: ["orders"],
  permissions: ["manage"],
  createdTimeMs: 0,
};

interface Rows {
  session?: Partial<SessionGrant> | null;
  key?: Partial<ApiKeyRecord> | null;
  text?: string;
}

function decide({ session: changed = {}, key: changedKey = {}, text = token }: Rows = {}) {
  const rows = {
    session: changed ? { ...session, ...changed } : undefined,
    key: changedKey ? { ...key, ...changedKey } : undefined,
  };
  const findGrant = vi.fn(async () => rows);
  const find = vi.fn(async () => undefined);
  const noteUse = vi.fn(async () => {});
  const decision = authorize(
    { headers: { authorization: `Bearer ${text}` } },
    { apiKeys: { find }, findGrant, noteUse, now: () => nowMs },
  );
  return { decision, findGrant, find, noteUse };
}

const no = { isAuthorized: false };

test("lets a session in, with its one cache, its topics and its end, by one read", async () => {
  const { decision, findGrant, find, noteUse } = decide();
  const answer = await decision;
  expect(answer.isAuthorized && readCaller(answer.context)).toEqual({
    keyId: ids.sessionId,
    // A cache called * is one, and not all.
    caches: ["\\*"],
    permissions: ["read", "resend"],
    session: { topics: ["paid", "b c"], audience: "public", expiresAt },
  });
  expect(findGrant).toHaveBeenCalledExactlyOnceWith(ids.sessionId, ids.keyId);
  expect(find).not.toHaveBeenCalled();
  expect(noteUse).not.toHaveBeenCalled();
});

test("a session without topics is one of every topic, and still a session", async () => {
  const answer = await decide({ session: { topics: undefined, audience: undefined } }).decision;
  const caller = answer.isAuthorized && readCaller(answer.context);
  expect(caller).toMatchObject({ session: { topics: undefined, expiresAt } });
});

test("junk that looks like a token costs no read", async () => {
  for (const text of [`${token}0`, token.slice(0, -1), token.replace("hkp_", "hk_")]) {
    const { decision, findGrant, find } = decide({ text });
    expect(await decision).toEqual(no);
    expect(findGrant).not.toHaveBeenCalled();
    expect(find).not.toHaveBeenCalled();
  }
});

test.each<[string, string, Rows]>([
  ["that was ended", "unknown", { session: null }],
  ["of another token", "unknown", { session: { hash: "ab".repeat(32) } }],
  ["whose time is up", "expired", { session: { expiresAt: nowMs / 1000 } }],
  ["of a key that is gone", "unknown", { key: null }],
  ["of a revoked key", "unknown", { key: { hash: "", revokedTimeMs: nowMs } }],
  ["of an expired key", "expired", { key: { expiresAt: nowMs / 1000 } }],
])("refuses a session %s, as %s", async (_, reason, rows) => {
  expect(await decide(rows).decision).toEqual(no);
  expect(metrics.flush()).toEqual({ Denied: [1], reason });
  expect(metrics.lines.join("")).not.toContain(ids.sessionId);
});
