import fc from "fast-check";
import { expect, test } from "vitest";
import { cursorAfter, readCursor } from "../../../shared/domain/cursor.ts";

const scope = fc.string({ unit: "grapheme", maxLength: 128 });
/** As long as a name may be. */
const position = fc.string({ unit: "grapheme-composite", maxLength: 60 });
const refusal = expect.objectContaining({ code: "INVALID_ARGUMENT_ERROR", status: 400 });

function expectRefusal(read: () => unknown): void {
  expect(read).toThrow(refusal);
}

test("gives back the position of every cursor of the same list", () => {
  fc.assert(
    fc.property(scope, position, (list, at) => {
      expect(readCursor(list, cursorAfter(list, at))).toBe(at);
    }),
  );
});

test("is opaque, and safe in a URL", () => {
  fc.assert(
    fc.property(scope, position, (list, at) => {
      expect(cursorAfter(list, at)).toMatch(/^[\w-]+$/);
    }),
  );
});

test("refuses a cursor of another list", () => {
  fc.assert(
    fc.property(scope, scope, position, (list, other, at) => {
      fc.pre(list !== other);
      expectRefusal(() => readCursor(other, cursorAfter(list, at)));
    }),
  );
});

test("refuses any other text with a 400, never with another error", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.base64String(),
    fc.json().map((json) => Buffer.from(json).toString("base64url")),
  );
  fc.assert(
    fc.property(scope, texts, (list, text) => {
      expectRefusal(() => readCursor(list, text));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["longer than any name", "a".repeat(2_000)],
  ["with a lone surrogate", "\ud800"],
  ["that is a number", 7],
  ["that is absent", undefined],
])("refuses a forged position %s, which no table could go on from", (_, forged) => {
  const cursor = Buffer.from(JSON.stringify(["webhooks/orders", forged])).toString("base64url");
  expectRefusal(() => readCursor("webhooks/orders", cursor));
});

test("reads no cursor as the beginning", () => {
  expect(readCursor("webhooks/orders", undefined)).toBeUndefined();
});
