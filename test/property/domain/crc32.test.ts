import { crc32 as zlibsCrc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "../../../shared/domain/hash.ts";

test("the checksum is zlib's", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(crc32(text)).toBe(zlibsCrc32(text));
    }),
  );
});
