import { expect, test } from "vitest";
import * as z from "zod/mini";
import {
  EventCode,
  EventInQuery,
  EventList,
  includesEvent,
} from "../../../shared/contract/values/event.ts";

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

test("takes 200 different events and not 201", () => {
  const codes = Array.from({ length: 201 }, (_, code) => code);
  expect(z.parse(EventList, codes.slice(1))).toHaveLength(200);
  expect(z.safeParse(EventList, codes).error?.issues[0]?.message).toBe(
    "must have at most 200 events",
  );
});

test("takes events of 4,096 characters in all and not of more", () => {
  const names = Array.from({ length: 32 }, (_, n) => `e${n}`.padEnd(128, "x"));
  expect(z.parse(EventList, names)).toEqual(names);
  expect(z.safeParse(EventList, [...names, 1]).error?.issues[0]?.message).toBe(
    "must have at most 4096 characters in all",
  );
});

test.each(["order.*", "order.item.*", 101])("a list may hold %j", (event) => {
  expect(z.parse(EventList, [event])).toEqual([event]);
});

test.each(["*", ".*", "order*", "order.*.paid", "101.*", "order.**"])(
  "a list may not hold %j, and no message may have it",
  (event) => {
    expect(z.safeParse(EventList, [event]).error?.issues[0]?.message).toBe(
      "must be a whole number from 0 to 9007199254740991, or a dotted name that begins with a letter, perhaps with .* at its end",
    );
    expect(z.safeParse(EventCode, "order.*").success).toBe(false);
  },
);

test("order.* includes events below order at any depth, and not order itself", () => {
  const included = ["order.paid", "order.item.returned", "order", "orders.paid", "Order.paid", 101];
  expect(included.filter((event) => includesEvent(["order.*"], event))).toEqual([
    "order.paid",
    "order.item.returned",
  ]);
  expect(includesEvent(["order.*", "order"], "order")).toBe(true);
  expect(includesEvent([101], 101)).toBe(true);
  expect(includesEvent([101], "101")).toBe(false);
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
