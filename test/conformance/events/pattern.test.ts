import { expect, test } from "vitest";
import { parseEventJson } from "../../../local/events/event-json.ts";
import { compilePattern } from "../../../local/events/pattern.ts";

/** After https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html. */
const cases: [pattern: object, matching: object[], others: object[]][] = [
  [
    { source: ["shop", "store"] },
    [{ source: "shop" }, { source: "store" }],
    [{ source: "Shop" }, {}],
  ],
  [
    { source: ["shop"], detail: { state: ["paid"], total: [5] } },
    [{ source: "shop", detail: { state: "paid", total: 5.0, more: 1 } }],
    [
      { source: "shop", detail: { state: "paid" } },
      { source: "shop", detail: { state: "paid", total: "5" } },
    ],
  ],
  [
    { a: [null, true, ""] },
    [{ a: null }, { a: true }, { a: "" }],
    [{ a: "null" }, { a: false }, {}],
  ],
  // A list in the event is any of its values, and so are objects in one.
  [{ a: ["x"] }, [{ a: ["y", "x"] }], [{ a: ["y"] }, { a: [] }, { a: { x: "x" } }]],
  [
    { items: { sku: ["x"] } },
    [{ items: [{ sku: "y" }, { sku: "x" }] }],
    [{ items: [{ sku: "y" }] }],
  ],
  [{ a: [{ prefix: "eu-" }] }, [{ a: "eu-1" }], [{ a: "us-1" }, { a: 1 }, { a: "EU-1" }]],
  [{ a: [{ prefix: { "equals-ignore-case": "EU-" } }] }, [{ a: "eu-1" }], [{ a: "us-1" }]],
  [{ a: [{ suffix: ".png" }] }, [{ a: "b.png" }], [{ a: "b.PNG" }, { a: "png" }]],
  [{ a: [{ "equals-ignore-case": "Alice" }] }, [{ a: "aLICE" }], [{ a: "alices" }, {}]],
  [{ a: [{ exists: true }] }, [{ a: null }, { a: "" }, { a: [1] }], [{}, { a: { b: 1 } }]],
  [{ a: { b: [{ exists: false }] } }, [{ a: {} }, { a: { c: 1 } }, {}], [{ a: { b: null } }]],
  [{ a: [{ "anything-but": "x" }] }, [{ a: "y" }, { a: 1 }, { a: ["x", "y"] }], [{ a: "x" }, {}]],
  [{ a: [{ "anything-but": [100, "x"] }] }, [{ a: 101 }], [{ a: 100 }, { a: "x" }]],
  [{ a: [{ "anything-but": { prefix: ["init", "run"] } }] }, [{ a: "stop" }], [{ a: "running" }]],
  [{ a: [{ wildcard: "a*c*e" }] }, [{ a: "ace" }, { a: "abcde" }], [{ a: "acd" }, { a: "aec" }]],
  [{ a: [{ wildcard: "a\\*" }] }, [{ a: "a*" }], [{ a: "ab" }]],
  [{ a: [{ "anything-but": { wildcard: "*/x/*" } }] }, [{ a: "b/y/c" }], [{ a: "b/x/c" }]],
  [{ a: [{ cidr: "10.0.0.0/24" }] }, [{ a: "10.0.0.255" }], [{ a: "10.0.1.0" }, { a: "::a" }]],
  [{ a: [{ cidr: "2001:db8::/33" }] }, [{ a: "2001:db8::1" }], [{ a: "2001:db8:8000::" }]],
  [{ a: [{ "anything-but": { suffix: ".txt" } }] }, [{ a: "a.rtf" }], [{ a: "a.txt" }]],
  [{ a: [{ "anything-but": { "equals-ignore-case": ["a", "b"] } }] }, [{ a: "c" }], [{ a: "A" }]],
  [
    { a: [{ numeric: [">", 0, "<=", 5] }] },
    [{ a: 5 }, { a: 0.1 }],
    [{ a: 0 }, { a: 5.1 }, { a: "3" }, {}],
  ],
  [{ a: [{ numeric: ["=", 3.018e2] }, "none"] }, [{ a: 301.8 }, { a: "none" }], [{ a: 301 }]],
  [
    { source: ["shop"], $or: [{ a: [1] }, { b: [{ exists: true }] }] },
    [
      { source: "shop", a: 1 },
      { source: "shop", b: 0 },
    ],
    [{ source: "shop", a: 2 }, { a: 1 }],
  ],
];

test.for(cases)("%j matches what AWS's document says", ([pattern, matching, others]) => {
  const matches = compilePattern(pattern);
  for (const event of matching) expect(matches(event), JSON.stringify(event)).toBe(true);
  for (const event of others) expect(matches(event), JSON.stringify(event)).toBe(false);
});

test("compares integers beyond those of JavaScript as numbers", () => {
  const matches = compilePattern({ a: [{ numeric: [">", 9e15] }] });
  expect(matches(parseEventJson('{"a":9007199254740993}'))).toBe(true);
  expect(matches(parseEventJson('{"a":-9007199254740993}'))).toBe(false);
});

test.for<[object, RegExp]>([
  [{}, /EventPattern is empty/],
  [{ a: [] }, /EventPattern\.a is empty/],
  [{ a: { b: {} } }, /EventPattern\.a\.b is empty/],
  [{ a: [{ cidr: "10.0.0.0/33" }] }, /EventPattern\.a: "10.* is no filter that runs here/],
  [{ a: [{ cidr: "10.0.0/8" }] }, /is no filter that runs here/],
  [{ a: [{ wildcard: "a**.png" }] }, /is no filter that runs here/],
  [{ a: [{ suffixes: ".png" }] }, /suffixes.* is no filter that runs here/],
  [{ a: [{ prefix: "a", suffix: "b" }] }, /is no filter that runs here/],
  [{ a: [{ numeric: [">"] }] }, /is no numeric filter/],
  [{ a: [{ numeric: ["!", 1] }] }, /is no numeric filter/],
  [{ a: [{ numeric: [] }] }, /an empty numeric filter/],
])("refuses %j", ([pattern, reason]) => {
  expect(() => compilePattern(pattern)).toThrow(reason);
});
