import fc from "fast-check";
import { expect, test } from "vitest";
import { mintApiKey, parseApiKey } from "../../../shared/domain/api-key.ts";
import { mintUlid } from "../../../shared/domain/ids.ts";

const ulids = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.uint8Array({ minLength: 10, maxLength: 10 }))
  .map(([timeMs, random]) => mintUlid(timeMs, random));
const keys = fc
  .tuple(ulids, fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([ulid, secret]) => ({ ulid, text: mintApiKey(ulid, secret) }));

test("parses every key that it minted", () => {
  fc.assert(
    fc.property(keys, ({ ulid, text }) => {
      expect(parseApiKey(text)?.keyId).toBe(`key_${ulid}`);
    }),
  );
});

test("takes no key with one character changed", () => {
  fc.assert(
    fc.property(
      keys,
      fc.nat(80),
      fc.string({ minLength: 1, maxLength: 1 }),
      ({ text }, at, other) => {
        fc.pre(at < text.length && text[at] !== other);
        expect(parseApiKey(text.slice(0, at) + other + text.slice(at + 1))).toBeUndefined();
      },
    ),
  );
});

test("takes no other text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(parseApiKey(text)).toBeUndefined();
    }),
  );
});
