import { expect, test } from "vitest";
import { shardOf } from "../../../shared/domain/hash.ts";

test("never changes its mind: rows are found by it", () => {
  expect(shardOf("123456789", 2 ** 32)).toBe(0xcbf43926); // CRC-32's published check value
  expect(shardOf("123456789", 4)).toBe(2);
  expect(shardOf("msg_01ARYZ6S410000000000000000", 1)).toBe(0);
});
