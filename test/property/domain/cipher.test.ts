import fc from "fast-check";
import { expect, test } from "vitest";
import { open, seal, sealedKeyNumber } from "../../../shared/domain/webhooks/sealed.ts";

const sealings = fc.record({
  key: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
  keyNumber: fc.nat(),
  associatedData: fc.string(),
  plaintext: fc.string({ unit: "grapheme" }),
  iv: fc.uint8Array({ minLength: 12, maxLength: 12 }),
});

test("opens whatever it sealed", () => {
  fc.assert(
    fc.property(sealings, ({ key, keyNumber, associatedData, plaintext, iv }) => {
      const sealed = seal({ key, keyNumber, associatedData, plaintext, iv });
      expect(sealedKeyNumber(sealed)).toBe(keyNumber);
      expect(open({ key, associatedData, sealed })).toBe(plaintext);
    }),
  );
});

test("does not open a text with one character changed or left out", () => {
  const replacements = fc.constantFrom(..."ABCDwxyz0189-_.", "");
  fc.assert(
    fc.property(
      sealings,
      fc.nat(),
      replacements,
      ({ key, keyNumber, associatedData, plaintext, iv }, at, other) => {
        const sealed = seal({ key, keyNumber, associatedData, plaintext, iv });
        const position = at % sealed.length;
        fc.pre(sealed[position] !== other);
        const tampered = sealed.slice(0, position) + other + sealed.slice(position + 1);
        expect(() => open({ key, associatedData, sealed: tampered })).toThrow();
      },
    ),
    { numRuns: 500 },
  );
});
