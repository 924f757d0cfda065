import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { mintApiKey, parseApiKey } from "../../../shared/domain/api-key.ts";
import { mintPortalToken, parsePortalToken } from "../../../shared/domain/portal-token.ts";

const sessionId = "ses_01ARYZ6S410000000000000000";
const keyId = "key_01JDB2Q5V8K3M4N6P7R8S9TAVW";
const token = mintPortalToken({ sessionId, keyId }, new Uint8Array(32).fill(9));

test("mints hkp, both ULIDs, 43 characters of secret and 8 of checksum", () => {
  expect(token).toMatch(
    /^hkp_01ARYZ6S410000000000000000_01JDB2Q5V8K3M4N6P7R8S9TAVW_[0-9A-Za-z]{43}_[0-9a-f]{8}$/,
  );
});

test("parses a minted token into its ids and the hash of its whole text", () => {
  const hash = createHash("sha256").update(token).digest("hex");
  expect(parsePortalToken(token)).toEqual({ sessionId, keyId, hash });
});

test("no token is an API key, and no API key a token", () => {
  expect(parseApiKey(token)).toBeUndefined();
  const key = mintApiKey("01ARYZ6S410000000000000000", new Uint8Array(32).fill(9));
  expect(parsePortalToken(key)).toBeUndefined();
});

test("takes no token with one character changed, taken away or added", () => {
  for (let at = 0; at < token.length; at += 1) {
    const [before, after] = [token.slice(0, at), token.slice(at + 1)];
    const other = token[at] === "7" ? "8" : "7";
    for (const text of [before + other + after, before + after, `${before}7${token.slice(at)}`]) {
      expect(parsePortalToken(text), text).toBeUndefined();
    }
  }
  expect(parsePortalToken(`${token}\n`)).toBeUndefined();
});

test("refuses a secret of the wrong size", () => {
  expect(() => mintPortalToken({ sessionId, keyId }, new Uint8Array(31))).toThrow(RangeError);
});
