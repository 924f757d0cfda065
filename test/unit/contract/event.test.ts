import { expect, test } from "vitest";
import * as z from "zod/mini";
import { EventCode, EventInQuery, EventList } from "../../../shared/contract/values/event.ts";

test.each([
  0,
  101,
  Number.MAX_SAFE_INTEGER,
  "paid",
  "invoice.paid",
  "a_1.2.b_",
  "invoice-paid",
  "order.re-opened.-",
  "a".repeat(128),
])("accepts the event %j", (event) => {
  expect(z.parse(EventCode, event)).toBe(event);
});

test.each([
  -1,
  -0.5,
  1.5,
  2 ** 53,
  "",
  "101",
  ".paid",
  "invoice.",
  "invoice..paid",
  "_paid",
  "-paid",
  "größe",
  "paid\n",
  "a".repeat(129),
  null,
  true,
])("refuses the event %j", (event) => {
  expect(z.safeParse(EventCode, event).success).toBe(false);
});

test.each([
  ["0", 0],
  ["101", 101],
  ["007", 7],
  ["0000000000000000000000", 0],
  ["9007199254740991", Number.MAX_SAFE_INTEGER],
  ["invoice-paid", "invoice-paid"],
  ["invoice.paid", "invoice.paid"],
])("reads the query's event %j as %j", (text, event) => {
  expect(z.parse(EventInQuery, text)).toBe(event);
});

test.each(["", "-5", "+5", "9007199254740992", "1.5", "1e3", "99999999999999999999", "a,b"])(
  "refuses the query's event %j",
  (text) => {
    expect(z.safeParse(EventInQuery, text).success).toBe(false);
  },
);

test("takes 50 different events and not 51", () => {
  const codes = Array.from({ length: 51 }, (_, code) => code);
  expect(z.parse(EventList, codes.slice(1))).toHaveLength(50);
  expect(z.safeParse(EventList, codes).error?.issues[0]?.message).toBe(
    "must have at most 50 events",
  );
});

test('refuses an event that is listed twice, though 101 is not "a101"', () => {
  expect(z.parse(EventList, [101, "a101"])).toHaveLength(2);
  expect(z.safeParse(EventList, ["paid", "paid"]).error?.issues[0]?.message).toBe(
    "must not repeat an event: paid is there twice",
  );
});

test.each([-1, 2 ** 53, "", "x y"])("says what an event may be in place of %j", (event) => {
  expect(z.safeParse(EventCode, event).error?.issues[0]?.message).toBe(
    "must be a whole number from 0 to 9007199254740991, or a dotted name that begins with a letter",
  );
});
