import { expect, test } from "vitest";
import * as z from "zod/mini";
import { EventCode, EventInQuery, EventList } from "../../shared/contract/event.ts";

test.each([
  0,
  101,
  -5,
  Number.MAX_SAFE_INTEGER,
  "paid",
  "invoice.paid",
  "a_1.2.b_",
  "a".repeat(128),
])("accepts the event %j", (event) => {
  expect(z.parse(EventCode, event)).toBe(event);
});

test.each([
  1.5,
  2 ** 53,
  "",
  "101",
  ".paid",
  "invoice.",
  "invoice..paid",
  "_paid",
  "invoice-paid",
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
  ["invoice.paid", "invoice.paid"],
])("reads the query's event %j as %j", (text, event) => {
  expect(z.parse(EventInQuery, text)).toBe(event);
});

test.each(["", "0101", "-5", "1.5", "1e3", "99999999999999999999", "a,b"])(
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
    "must not repeat an event",
  );
});
