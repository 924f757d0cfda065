import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { mintApiKey, parseApiKey } from "../../../shared/domain/api-key.ts";

const ulid = "01ARYZ6S410000000000000000";
const key = mintApiKey(ulid, new Uint8Array(32).fill(9));

test("mints hk, the ULID, 43 characters of secret and 8 of checksum", () => {
  expect(key).toMatch(/^hk_01ARYZ6S410000000000000000_[0-9A-Za-z]{43}_[0-9a-f]{8}$/);
});

test("ends with the CRC-32 of all before the last underscore", () => {
  // The checksum was computed by another implementation (Python's zlib).
  expect(mintApiKey("00000000000000000000000000", new Uint8Array(32))).toBe(
    `hk_${"0".repeat(26)}_${"0".repeat(43)}_16e1a036`,
  );
});

test("keeps the leading zeros of a checksum", () => {
  const checksums = Array.from({ length: 300 }, (_, count) => {
    const secret = new Uint8Array(32);
    new DataView(secret.buffer).setUint32(0, count);
    return mintApiKey(ulid, secret).slice(-9);
  });
  expect(checksums.filter((text) => text.startsWith("_0"))).not.toHaveLength(0);
  expect(checksums.every((text) => /^_[0-9a-f]{8}$/.test(text))).toBe(true);
});

test("parses a minted key into its id and the hash of its whole text", () => {
  expect(parseApiKey(key)).toEqual({
    keyId: `key_${ulid}`,
    hash: createHash("sha256").update(key).digest("hex"),
  });
});

test.each([
  ["nothing", ""],
  ["another prefix", key.replace("hk_", "sk_")],
  ["another ULID", key.replace("Z6S41", "Z6S42")],
  [
    "a changed secret",
    key.replace(/_(.)(?=[^_]{42}_)/, (_, first) => `_${first === "a" ? "b" : "a"}`),
  ],
  ["a checksum in capitals", `${key.slice(0, -8)}${key.slice(-8).toUpperCase()}`],
  ["no checksum", key.slice(0, -9)],
  ["white space after it", `${key} `],
  ["a line break after it", `${key}\n`],
  ["its scheme before it", `Bearer ${key}`],
])("takes no key with %s", (_, text) => {
  expect(text).not.toBe(key);
  expect(parseApiKey(text)).toBeUndefined();
});

test("refuses a secret of the wrong size", () => {
  expect(() => mintApiKey(ulid, new Uint8Array(31))).toThrow(RangeError);
});
