import { expect, test } from "vitest";
import { secretKeyBytes } from "../../../../shared/domain/webhooks/sealed.ts";
import { isSecret, mintSecret } from "../../../../shared/domain/webhooks/webhook-secret.ts";

function secretOf(byteCount: number): string {
  return `whsec_${Buffer.alloc(byteCount, 0xfb).toString("base64")}`;
}

test("mints a secret that holds the random bytes", () => {
  const random = new Uint8Array(32).fill(0xfb);
  const secret = mintSecret(random);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(secretKeyBytes(secret)).toEqual(Buffer.from(random));
  expect(isSecret(secret)).toBe(true);
});

test("refuses to mint from anything but 32 bytes", () => {
  expect(() => mintSecret(new Uint8Array(16))).toThrow(RangeError);
});

test.each([16, 17, 18, 24, 25, 26, 64, 73, 74, 75])("takes a secret of %i bytes", (byteCount) => {
  expect(isSecret(secretOf(byteCount))).toBe(true);
});

test.each([
  ["too few bytes", secretOf(15)],
  ["too many bytes", secretOf(76)],
  ["no prefix", secretOf(32).slice(6)],
  ["nothing behind the prefix", "whsec_"],
  ["no padding", secretOf(32).replace("=", "")],
  ["the URL alphabet", secretOf(32).replaceAll("+", "-").replaceAll("/", "_")],
  ["a space in it", secretOf(32).replace("7", " 7")],
  ["a line break after it", `${secretOf(32)}\n`],
  ["spare bits that are set", secretOf(32).replace(/.=$/, "t=")],
])("refuses a secret with %s", (_, text) => {
  expect(isSecret(text)).toBe(false);
});
