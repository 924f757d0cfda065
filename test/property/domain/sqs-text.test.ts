import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeForSqs } from "../../../shared/queue/send-batch.ts";

/** Any code units at all, with those that SQS does not carry much more often than by chance. */
const texts = fc
  .array(
    fc.oneof(
      fc.nat(0xffff),
      fc.constantFrom(0xfffe, 0xffff, 0xd800, 0xdfff, 0xd83d, 0xde00, 0, 9, 0x5c, 0x22),
    ),
  )
  .map((units) => String.fromCharCode(...units));

const carried = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

test("leaves only characters that SQS carries, and JSON that means the same", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const escaped = escapeForSqs(JSON.stringify({ [text]: [text] }));
      expect(escaped).toMatch(carried);
      expect(JSON.parse(escaped)).toEqual({ [text]: [text] });
    }),
    { numRuns: 1_000 },
  );
});

test("changes a published JSON text that stands inside another by nothing but spelling", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const published = `{ "raw": "${text.replace(/[\p{Cc}"\\]/gu, "")}" }`;
      const carried = escapeForSqs(JSON.stringify({ payload: published }));
      expect(JSON.parse(carried).payload).toBe(published);
    }),
  );
});
