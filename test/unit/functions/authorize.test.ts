import { expect, test, vi } from "vitest";
import { authorize } from "../../../functions/authorize.ts";
import { mintApiKey, parseApiKey } from "../../../shared/domain/api-key.ts";
import { readCaller } from "../../../shared/runtime/caller.ts";
import type { ApiKeyRecord } from "../../../shared/store/secrets/api-key-store.ts";
import { catchMetrics } from "../metric-lines.ts";

const key = mintApiKey("01JDB2Q5V8K3M4N6P7R8S9TAVW", Buffer.alloc(32, 7));
const keyId = "key_01JDB2Q5V8K3M4N6P7R8S9TAVW";
const metrics = catchMetrics();
const nowMs = 1_706_138_428_000;

const record: ApiKeyRecord = {
  v: 1,
  keyId,
  hash: parseApiKey(key)?.hash ?? "",
  name: "dev",
  caches: ["orders", "b c"],
  permissions: ["read", "publish"],
  createdTimeMs: 0,
};

function decide(authorization: string | undefined, changes: Partial<ApiKeyRecord> | null = {}) {
  const find = vi.fn(async () => (changes ? { ...record, ...changes } : undefined));
  const headers = authorization === undefined ? {} : { authorization };
  const noteUse = vi.fn(async () => {});
  const decision = authorize(
    { headers },
    { apiKeys: { find }, findGrant, noteUse, now: () => nowMs },
  );
  return { decision, find, noteUse };
}

/** An API key is no session. */
const findGrant = () => Promise.reject(new Error("read as a session"));

const no = { isAuthorized: false };

test.each([`Bearer ${key}`, `bearer  ${key}`, `BEARER ${key}`])(
  "lets %s in, with its scope",
  async (header) => {
    const { decision, find } = decide(header);
    const answer = await decision;
    expect(answer.isAuthorized && readCaller(answer.context)).toEqual({
      keyId,
      caches: ["orders", "b c"],
      permissions: ["read", "publish"],
    });
    expect(find).toHaveBeenCalledWith(keyId);
  },
);

test.each([
  undefined,
  "",
  key,
  `Basic ${key}`,
  "Bearer",
  "Bearer junk",
  `Bearer ${key} more`,
  `Bearer ${key}0`,
  `Bearer ${key.slice(0, -1)}`,
  `Bearer ${key.replace("hk_", "xk_")}`,
  `Bearer ${key.replace(/(?<=^hk_[^_]+_)./, "z")}`,
])("refuses %j without reading anything", async (header) => {
  const { decision, find } = decide(header);
  expect(await decision).toEqual(no);
  expect(find).not.toHaveBeenCalled();
});

test("refuses a key that nobody minted, though it looks like one", async () => {
  expect(await decide(`Bearer ${key}`, null).decision).toEqual(no);
});

test("refuses another key of the same id", async () => {
  const forged = mintApiKey("01JDB2Q5V8K3M4N6P7R8S9TAVW", Buffer.alloc(32, 8));
  expect(await decide(`Bearer ${forged}`).decision).toEqual(no);
  expect(await decide(`Bearer ${key}`, { hash: "" }).decision).toEqual(no);
});

test("refuses a revoked key, whose row has no hash any more", async () => {
  const { decision, noteUse } = decide(`Bearer ${key}`, { hash: "", revokedTimeMs: nowMs });
  expect(await decision).toEqual(no);
  expect(noteUse).not.toHaveBeenCalled();
});

test.each([
  ["malformed", "Bearer junk", {}],
  ["unknown", `Bearer ${key}`, null],
  ["unknown", `Bearer ${key}`, { hash: "" }],
  ["expired", `Bearer ${key}`, { expiresAt: 1 }],
] as const)(
  "counts what it refuses as %s, and does not tell the key",
  async (reason, header, row) => {
    await decide(header, row).decision;
    expect(metrics.flush()).toEqual({ Denied: [1], reason });
    expect(metrics.lines.join("")).not.toContain(keyId);
  },
);

test("counts nobody whom it lets in", async () => {
  await decide(`Bearer ${key}`).decision;
  expect(metrics.flush()).toEqual({});
});

test("notes the use of a key that it lets in", async () => {
  const { decision, noteUse } = decide(`Bearer ${key}`);
  await decision;
  expect(noteUse).toHaveBeenCalledExactlyOnceWith(record, nowMs);
});

test("refuses a key from the second of its expiry", async () => {
  const header = `Bearer ${key}`;
  const expiresAt = nowMs / 1000;
  expect(await decide(header, { expiresAt: expiresAt + 1 }).decision).toMatchObject({
    isAuthorized: true,
  });
  expect(await decide(header, { expiresAt }).decision).toEqual(no);
});

test("fails, and does not let in, when the store cannot be read", async () => {
  const find = () => Promise.reject(new Error("down"));
  const headers = { authorization: `Bearer ${key}` };
  const deps = { apiKeys: { find }, findGrant, noteUse: async () => {}, now: () => nowMs };
  await expect(authorize({ headers }, deps)).rejects.toThrow("down");
});
