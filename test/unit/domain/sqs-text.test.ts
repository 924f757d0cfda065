import { expect, test } from "vitest";
import { escapeForSqs } from "../../../shared/queue/send-batch.ts";

test.each([
  ["\uFFFE", "\\ufffe"],
  ["\uFFFF", "\\uffff"],
  ["\uD800", "\\ud800"],
  ["a\uDFFFb", "a\\udfffb"],
  ["\uDC00\uD800", "\\udc00\\ud800"],
  ["\uD83D\uDE00\uFFFE", "\uD83D\uDE00\\ufffe"],
])("escapes %j", (raw, escaped) => {
  expect(escapeForSqs(`"${raw}"`)).toBe(`"${escaped}"`);
});

test.each([
  "\t\n\r ",
  "\uFFFD",
  "\uD7FF\uE000",
  "😀",
  "\u{1FFFE}\u{10FFFF}",
  "\\ufffe",
  "\u007F\u0085",
])("leaves %j as it is", (raw) => {
  expect(escapeForSqs(`"${raw}"`)).toBe(`"${raw}"`);
});
