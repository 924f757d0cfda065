import { expect, test } from "vitest";
import { open, seal, sealedKeyNumber } from "../../../../shared/domain/webhooks/sealed.ts";

const key = Buffer.alloc(32, 1);
const sealing = {
  key,
  keyNumber: 7,
  associatedData: "whk_1",
  plaintext: "whsec_größe",
  iv: Buffer.alloc(12, 2),
};

test("opens what it sealed, with an empty text too", () => {
  expect(open({ key, associatedData: "whk_1", sealed: seal(sealing) })).toBe("whsec_größe");
  expect(open({ key, associatedData: "whk_1", sealed: seal({ ...sealing, plaintext: "" }) })).toBe(
    "",
  );
});

test("writes version, key number and one URL-safe word without the plaintext", () => {
  const sealed = seal(sealing);
  expect(sealed).toMatch(/^1\.7\.[\w-]+$/);
  expect(sealedKeyNumber(sealed)).toBe(7);
  expect(Buffer.from(sealed, "base64url").includes("whsec")).toBe(false);
});

test("gives another text for another iv", () => {
  expect(seal({ ...sealing, iv: Buffer.alloc(12, 3) })).not.toBe(seal(sealing));
});

test.each([
  ["another webhook", { key, associatedData: "whk_2", sealed: seal(sealing) }],
  ["another key", { key: Buffer.alloc(32, 9), associatedData: "whk_1", sealed: seal(sealing) }],
  [
    "another key number",
    { key, associatedData: "whk_1", sealed: seal(sealing).replace("1.7.", "1.8.") },
  ],
])("does not open for %s", (_, opening) => {
  expect(() => open(opening)).toThrow();
});

test.each([
  "",
  "1.7",
  "2.7.AAAA",
  "1.07.AAAA",
  "1.-7.AAAA",
  "1.7.AAAA",
  "1.7.AA+A",
  `${seal(sealing)}=`,
])("refuses %j as malformed or cut short", (sealed) => {
  expect(() => open({ key, associatedData: "whk_1", sealed })).toThrow(/^A sealed text is/);
});

test("refuses an iv of the wrong size", () => {
  expect(() => seal({ ...sealing, iv: Buffer.alloc(16) })).toThrow(RangeError);
});

test("opens one spelling only, though base64 has spare bits in its last character", () => {
  const sealed = seal(sealing);
  const spellings = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
    .map((last) => sealed.slice(0, -1) + last)
    .filter((text) => opens(text));
  expect(spellings).toEqual([sealed]);
});

function opens(sealed: string): boolean {
  try {
    open({ key, associatedData: "whk_1", sealed });
    return true;
  } catch {
    return false;
  }
}
