import { expect, test } from "vitest";
import { addressOf } from "../../../cli/profiles/address.ts";

test.each([
  ["https://api.example/", "https://api.example"],
  ["http://localhost:3000", "http://localhost:3000"],
  ["http://app.localhost:3000", "http://app.localhost:3000"],
  ["http://127.0.0.1:3000/", "http://127.0.0.1:3000"],
  ["http://127.8.9.1", "http://127.8.9.1"],
  ["http://2130706433:3000", "http://127.0.0.1:3000"],
  ["http://[::1]:3000", "http://[::1]:3000"],
])("takes %s", (text, address) => {
  expect(addressOf(text, false)).toBe(address);
});

test.each([
  "http://api.example",
  "http://10.0.0.7:3000",
  "http://localhost.example",
  "http://127.0.0.1.example",
  "http://[::2]",
  "HTTP://api.example",
])("takes %s only where somebody said that the key may go in clear", (text) => {
  expect(() => addressOf(text, false)).toThrow("would send the key unencrypted");
  expect(addressOf(text, true)).toMatch(/^http:/);
});
