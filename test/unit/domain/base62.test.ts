import { expect, test } from "vitest";
import { encodeBase62 } from "../../../shared/domain/api-key.ts";

test("counts with digits, capitals, then small letters", () => {
  expect(encodeBase62(Uint8Array.of(9))).toBe("09");
  expect(encodeBase62(Uint8Array.of(10))).toBe("0A");
  expect(encodeBase62(Uint8Array.of(61))).toBe("0z");
  expect(encodeBase62(Uint8Array.of(62))).toBe("10");
  expect(encodeBase62(Uint8Array.of(255))).toBe("47");
});

test("is 43 characters wide for the smallest and the largest 32 bytes", () => {
  expect(encodeBase62(new Uint8Array(32))).toBe("0".repeat(43));
  const largest = encodeBase62(new Uint8Array(32).fill(0xff));
  expect(largest).toHaveLength(43);
  expect(largest).not.toMatch(/^0/);
});

test("writes nothing for no bytes", () => {
  expect(encodeBase62(new Uint8Array())).toBe("");
});
