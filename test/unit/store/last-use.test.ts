import { expect, test, vi } from "vitest";
import { type ApiKeyRecord, openLastUse } from "../../../shared/store/secrets/api-key-store.ts";

const nowMs = 1_706_138_428_000;
const hourMs = 3_600_000;
const key: ApiKeyRecord = {
  v: 1,
  keyId: "key_01JDB2Q5V8K3M4N6P7R8S9TAVW",
  hash: "",
  name: "dev",
  caches: ["*"],
  permissions: ["read"],
  createdTimeMs: 0,
};

test("writes a key's use once an hour, however often it is used", async () => {
  const noteUse = vi.fn(async () => {});
  const note = openLastUse({ noteUse });
  for (const afterMs of [0, 1, hourMs - 1, hourMs, hourMs + 1]) await note(key, nowMs + afterMs);
  expect(noteUse.mock.calls).toEqual([
    [key, nowMs],
    [key, nowMs + hourMs],
  ]);
});

test("is in nobody's way when the table does not answer", async () => {
  const note = openLastUse({ noteUse: () => new Promise(() => {}) }, 5);
  await expect(note(key, nowMs)).resolves.toBeUndefined();
});

test("is in nobody's way when the table refuses, and says so in the log", async () => {
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const note = openLastUse({ noteUse: () => Promise.reject(new Error("throttled")) });
  await expect(note(key, nowMs)).resolves.toBeUndefined();
  expect(written).toHaveBeenCalledWith(expect.stringContaining("key.use-unnoted"));
  written.mockRestore();
});
