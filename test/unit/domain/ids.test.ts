import { expect, test } from "vitest";
import {
  idBehind,
  idTimeMs,
  isId,
  mintId,
  mintUlid,
  ulidBytes,
  ulidTimeMs,
} from "../../../shared/domain/ids.ts";

const zeros = new Uint8Array(10);
const ones = new Uint8Array(10).fill(0xff);

test("writes the ULID specification's example time", () => {
  expect(mintUlid(1469918176385, zeros)).toBe("01ARYZ6S410000000000000000");
});

test("covers the whole range of times and random bytes", () => {
  expect(mintUlid(0, zeros)).toBe("00000000000000000000000000");
  expect(mintUlid(2 ** 48 - 1, ones)).toBe("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
  expect(ulidTimeMs("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).toBe(2 ** 48 - 1);
});

test("gives the bytes behind the characters", () => {
  expect(ulidBytes("7ZZZZZZZZZZZZZZZZZZZZZZZZZ").toString("hex")).toBe("f".repeat(32));
  expect(ulidBytes("00000000000000000000000010").toString("hex")).toBe(`${"0".repeat(30)}20`);
});

test.each([-1, 0.5, 2 ** 48, Number.NaN])("refuses to mint for the time %s", (timeMs) => {
  expect(() => mintUlid(timeMs, zeros)).toThrow(RangeError);
});

test.each([9, 11])("refuses %i random bytes", (count) => {
  expect(() => mintUlid(0, new Uint8Array(count))).toThrow(RangeError);
});

test("mints ids that carry their kind and their time", () => {
  const id = mintId("msg", 1469918176385, ones);
  expect(id).toBe("msg_01ARYZ6S41ZZZZZZZZZZZZZZZZ");
  expect(idTimeMs(id)).toBe(1469918176385);
  expect(isId("msg", id)).toBe(true);
  expect(isId("whk", id)).toBe(false);
});

test.each([
  ["msg_01ARYZ6S410000000000000000", "msg_01ARYZ6S410000000000000001"],
  ["msg_01ARYZ6S41ZZZZZZZZZZZZZZZZ", "msg_01ARYZ6S420000000000000000"],
])("nothing lies between %s and the id right behind it", (id, next) => {
  expect(idBehind(id)).toBe(next);
});

test.each([
  ["nothing", ""],
  ["no kind", "01ARYZ6S410000000000000000"],
  ["lower case", "whk_01aryz6s410000000000000000"],
  ["one character short", "whk_01ARYZ6S41000000000000000"],
  ["one character more", "whk_01ARYZ6S4100000000000000000"],
  ["a letter that Crockford leaves out", "whk_01ARYZ6S41000000000000000U"],
  ["more than 128 bits", "whk_80000000000000000000000000"],
  ["a line break", "whk_01ARYZ6S410000000000000000\n"],
])("refuses an id with %s", (_, text) => {
  expect(isId("whk", text)).toBe(false);
});
