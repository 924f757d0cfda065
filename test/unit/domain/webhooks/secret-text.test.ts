import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "../../../../shared/domain/webhooks/sealed.ts";

const secret = new Secret("whsec_abc");

test("reveals its text when asked", () => {
  expect(secret.reveal()).toBe("whsec_abc");
});

test.each([
  ["String()", String(secret)],
  ["a template string", `${secret}`],
  ["concatenation", "".concat(String(secret))],
  ["JSON", JSON.stringify({ secret })],
  ["inspect", inspect({ deep: [secret] }, { showHidden: true, depth: 9 })],
  ["console.log's format", format("%s %o %j", secret, secret, secret)],
  ["an error's message", new Error(`bad ${secret}`).message],
  ["its own keys", JSON.stringify(Object.entries(secret))],
  ["a copy", JSON.stringify({ ...secret }) + inspect(structuredClone(secret))],
])("hides its text from %s", (_, shown) => {
  expect(shown).not.toContain("abc");
});

test("shows that a secret is there", () => {
  expect(`${secret}`).toBe("[secret]");
  expect(JSON.stringify([secret])).toBe('["[secret]"]');
  expect(inspect(secret)).toBe("[secret]");
});
