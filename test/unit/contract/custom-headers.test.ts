import { expect, test } from "vitest";
import * as z from "zod/mini";
import { CustomHeaders } from "../../../shared/contract/values/custom-headers.ts";
import { unsettableHeaders } from "../../support/network/unsettable-headers.ts";

test.each([
  {},
  { header1: "value_1" },
  { "X-Tenant": "a b\tc" },
  { authorization: "Bearer abc" },
  { "!#$%&'*+-.^_`|~9z": "!" },
  { a: "v".repeat(4095) },
])("accepts %j", (headers) => {
  expect(z.parse(CustomHeaders, headers)).toEqual(headers);
});

test.each(unsettableHeaders)("refuses to set %s", (name) => {
  expect(complaints({ [name]: "v" })).toEqual([[name, "is a header name that cannot be set"]]);
});

test.each(["", "a b", "a:b", "ä", "a\r\nb", "(a)"])("refuses the header name %j", (name) => {
  expect(complaints({ [name]: "v" })).toEqual([[name, "is not a legal header name"]]);
});

test.each(["", " a", "a ", "a\r\nx: y", "ä", "\0", "a\x7f"])("refuses the value %j", (value) => {
  expect(complaints({ a: value })).toEqual([["a", "must be visible ASCII characters"]]);
});

test("refuses a value of more than 4 KiB", () => {
  expect(complaints({ a: "v".repeat(4097) })).toEqual([
    ["a", "must have at most 4096 characters"],
    ["", "must have at most 4096 characters in all"],
  ]);
});

test("refuses two spellings of one name", () => {
  expect(complaints({ "x-a": "1", "X-A": "2" })).toEqual([["X-A", "is given twice"]]);
});

test("takes 20 headers and not 21", () => {
  expect(complaints(many(20, "v"))).toEqual([]);
  expect(complaints(many(21, "v"))).toEqual([["", "must have at most 20 headers"]]);
});

test("takes 4,096 characters in all and not one more", () => {
  const names = Object.keys(many(9, "")).join("").length;
  const headers = { ...many(8, "v".repeat(500)), h8: "v".repeat(4096 - names - 8 * 500) };
  expect(complaints(headers)).toEqual([]);
  expect(complaints({ ...headers, h8: `${headers.h8}v` })).toEqual([
    ["", "must have at most 4096 characters in all"],
  ]);
});

test("names every bad header", () => {
  expect(complaints({ host: "v", good: "v", a: "ä" })).toEqual([
    ["host", "is a header name that cannot be set"],
    ["a", "must be visible ASCII characters"],
  ]);
});

function many(count: number, value: string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`h${n}`, value]));
}

function complaints(headers: Record<string, string>): string[][] {
  const issues = z.safeParse(CustomHeaders, headers).error?.issues ?? [];
  return issues.map(({ path, message }) => [path.join("."), message]);
}
