import { describe, expect, test } from "vitest";
import { deliveryColumns } from "../../../cli/deliveries/shown-delivery.ts";
import { factsText } from "../../../cli/output/facts.ts";
import { lineText } from "../../../cli/output/line.ts";
import { paintWith, toneOf, usesColor } from "../../../cli/output/paint.ts";
import { shortTimes } from "../../../cli/output/short-times.ts";
import { type Column, tableText } from "../../../cli/output/table.ts";
import type { DeliverySummary } from "../../../shared/contract/delivery.ts";

const nowMs = Date.parse("2026-11-28T11:30:00Z");
const paint = paintWith(true);
const [red, plain] = ["\u001b[31m", "\u001b[39m"];

interface Row {
  readonly name: string;
  readonly state: string;
  readonly count: number;
  readonly time: string;
}
const columns: readonly Column<Row>[] = [
  { title: "NAME", cell: ({ name }) => name, cut: "middle" },
  { title: "STATE", cell: ({ state }) => state, isWhole: true, tone: ({ state }) => toneOf(state) },
  { title: "COUNT", cell: ({ count }) => count, isWhole: true, isNumber: true, spare: 1 },
  { title: "TIME", cell: ({ time }) => time, isWhole: true, isTime: true, spare: 2 },
];
const rows: readonly Row[] = [
  { name: "erp-connector-of-the-north", state: "held", count: 7, time: "2026-11-28T11:02:03Z" },
  { name: "crm", state: "ok", count: 1_234, time: "2026-11-28T10:00:00Z" },
];

describe("a table", () => {
  test("is whole where there is no terminal: no column is cut, left out or shortened", () => {
    expect(tableText(rows, columns, { width: undefined, nowMs }).split("\n")).toEqual([
      "NAME                        STATE  COUNT  TIME",
      "erp-connector-of-the-north  held       7  2026-11-28T11:02:03Z",
      "crm                         ok      1234  2026-11-28T10:00:00Z",
    ]);
  });

  test("shows both ends of a name, and of today's times the clock", () => {
    expect(tableText(rows, columns, { width: 40, nowMs }).split("\n")).toEqual([
      "NAME             STATE  COUNT  TIME",
      "erp-con…e-north  held       7  11:02:03Z",
      "crm              ok      1234  10:00:00Z",
    ]);
  });

  test("leaves columns out in their order where they do not fit, and fits", () => {
    const titles = (width: number) => {
      const lines = tableText(rows, columns, { width, nowMs }).split("\n");
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
      return lines[0]?.split(/ +/);
    };
    expect(titles(33)).toEqual(["NAME", "STATE", "COUNT", "TIME"]);
    expect(titles(32)).toEqual(["NAME", "STATE", "TIME"]);
    expect(titles(20)).toEqual(["NAME", "STATE"]);
  });

  test("cuts no number, which would be another: what is beside it gives way", () => {
    const long = rows.map((row) => ({
      ...row,
      name: "n".repeat(60),
      count: 9_007_199_254_740_991,
    }));
    const whole = columns.map(({ spare: _, ...column }) => ({ ...column, isWhole: undefined }));
    const lines = tableText(long, whole, { width: 50, nowMs }).split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).toBe(50);
    expect(lines[1]).toContain("9007199254740991");
  });

  test("of deliveries fits 80 columns, also where their times are of two years", () => {
    const delivery = (publishedTime: string): DeliverySummary => ({
      ...{ messageId: `msg_${"0".repeat(26)}`, topicName: "t", event: "e", status: "delivered" },
      ...{ attemptCount: 1, publishedTime, lastAttemptTime: publishedTime, nextAttemptTime: null },
      ...{ lastStatusCode: 200, latencyMs: 1, error: "the answer is not HTTP: bad status line" },
    });
    const found = ["2026-12-31T23:59:59Z", "2027-01-01T00:00:01Z"].map(delivery);
    const sheet = { width: 80, nowMs: Date.parse("2027-01-01T08:00:00Z") };
    const lines = tableText(found, deliveryColumns, sheet).split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(lines[1]).toContain("2026-12-31 23:59Z");
  });

  test("paints a state's word and the titles, and nothing beside them", () => {
    const [titles, first, second] = tableText(rows, columns, { width: 33, paint, nowMs }).split(
      "\n",
    );
    expect(titles).toContain("\u001b[1mSTATE\u001b[22m  ");
    expect(first).toContain(`  ${red}held${plain}   `);
    expect(second).not.toContain("\u001b");
  });
});

test("times of a column are alike: of today, of this year, or with their year", () => {
  const [today, before, longAgo] = [
    "2026-11-28T11:02:03Z",
    "2026-11-01T09:08:07Z",
    "2025-01-02T03:04:05Z",
  ];
  expect(shortTimes([today, "-"], nowMs)).toEqual(["11:02:03Z", "-"]);
  expect(shortTimes([today, before], nowMs)).toEqual(["11-28 11:02Z", "11-01 09:08Z"]);
  expect(shortTimes([today, longAgo], nowMs)).toEqual(["2026-11-28 11:02Z", "2025-01-02 03:04Z"]);
});

test("a line that is told as it happens keeps what matters", () => {
  const parts = [
    { text: "2026-11-28T11:02:03Z", isTime: true as const },
    { text: "msg_1" },
    { text: "a topic", spare: 1 },
    { text: "failed", tone: toneOf("failed") },
    { text: "the receiver hung up" },
  ];
  const line = (width: number | undefined) => lineText(parts, { width, nowMs });
  expect(line(undefined)).toBe(
    "2026-11-28T11:02:03Z  msg_1  a topic  failed  the receiver hung up",
  );
  expect(line(60)).toBe("11:02:03Z  msg_1  a topic  failed  the receiver hung up");
  expect(line(50)).toBe("11:02:03Z  msg_1  failed  the receiver hung up");
  expect(line(40)).toBe("11:02:03Z  msg_1  failed  the receiver …");
  expect(lineText(parts, { width: 60, paint, nowMs })).toContain(`${red}failed${plain}`);
});

test("a long fact goes on below itself, and what is to be copied stays in one piece", () => {
  const facts = [
    ["events", "invoice.paid, invoice.sent, invoice.void"],
    ["url", "https://receiver.example/a/long/path"],
  ] as const;
  expect(factsText(facts, { width: 32 }).split("\n")).toEqual([
    "events  invoice.paid,",
    "        invoice.sent,",
    "        invoice.void",
    "url     https://receiver.example/a/long/path",
  ]);
  expect(factsText(facts, { width: undefined })).toBe(
    "events  invoice.paid, invoice.sent, invoice.void\nurl     https://receiver.example/a/long/path",
  );
});

test.for([
  ["auto", true, {}, true],
  ["auto", false, {}, false],
  ["auto", true, { NO_COLOR: "1" }, false],
  ["auto", true, { NO_COLOR: "" }, true],
  ["auto", true, { TERM: "dumb" }, false],
  ["always", false, { NO_COLOR: "1" }, true],
  ["never", true, {}, false],
  [false, true, {}, false],
] as const)("colours %s, terminal %s, environment %o: %s", ([choice, isTTY, env, expected]) => {
  expect(usesColor({ isTTY }, choice, env)).toBe(expected);
});
