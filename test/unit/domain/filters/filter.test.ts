import { expect, test } from "vitest";
import { compileFilter } from "../../../../shared/domain/filters/filter.ts";

function verdict(filter: object, value: unknown, others: object = {}) {
  const compiled = compileFilter(filter);
  if (!compiled) throw new Error(`no filter: ${JSON.stringify(filter)}`);
  return compiled.test({ contentType: "application/json", value, ...others });
}
const matches = (conditions: unknown[], value: unknown) =>
  verdict({ value: { a: conditions } }, { a: value }) === "matches";

/** Conditions, what meets them, and what does not. */
const table: [unknown[], unknown[], unknown[]][] = [
  [
    ["x", 1, true, null],
    ["x", 1, 1.0, true, null, ["y", "x"]],
    ["X", "1", false, 2, [], {}, { a: "x" }],
  ],
  [[""], [""], ["a", null, []]],
  [[{ prefix: "ab" }], ["ab", "abc"], ["a", "Ab", 1, null]],
  [[{ prefix: "" }], ["", "x"], [1, null, true]],
  [[{ prefix: { "equals-ignore-case": "aB" } }], ["ABc", "abc"], ["a", "xab"]],
  [[{ suffix: "yz" }], ["yz", "xyz"], ["yZ", "z", 1]],
  [[{ suffix: { "equals-ignore-case": ".PNG" } }], ["a.png", ".Png"], ["png"]],
  [[{ "equals-ignore-case": "straße" }], ["STRASSE", "Straße"], ["strasse", "straß", "straßen"]],
  [[{ wildcard: "a*c" }], ["ac", "abc", "abcbc"], ["a", "acb", "AC", 1]],
  [[{ wildcard: "*a*b*" }], ["ab", "xaxbx"], ["ba", "a", ""]],
  [[{ wildcard: "aa*aa" }], ["aaaa", "aabaa"], ["aa", "aaa"]],
  [[{ wildcard: "*" }], ["", "anything"], [1, null]],
  [[{ wildcard: "a\\*\\\\" }], ["a*\\"], ["ab\\", "a*"]],
  [[{ "anything-but": "x" }], ["y", 1, null, true, ["x", "y"], ""], ["x", ["x"], [], {}]],
  [[{ "anything-but": ["x", "y"] }], ["z", 1], ["x", "y"]],
  [[{ "anything-but": [1, 2] }], [3, "1", null], [1, 2, 1.0]],
  [[{ "anything-but": { prefix: "a" } }], ["b", 1, null, ""], ["a", "ab"]],
  [[{ "anything-but": { prefix: ["a", "b"] } }], ["c"], ["a1", "b1"]],
  [[{ "anything-but": { suffix: "a" } }], ["ab"], ["ba"]],
  [[{ "anything-but": { "equals-ignore-case": ["a", "b"] } }], ["c", 1], ["A", "b"]],
  [[{ "anything-but": { wildcard: "*/lib/*" } }], ["/src"], ["/lib/", "a/lib/b"]],
  [[{ numeric: ["=", 3] }], [3, 3.0, 30e-1], ["3", 4, null]],
  [[{ numeric: [">", 0, "<=", 5] }], [0.1, 5], [0, 5.1, -1]],
  [[{ numeric: ["<", 0] }], [-1], [0, "-1"]],
  [[{ numeric: [">=", 0] }], [0, -0], [-0.1]],
  [[{ exists: true }], ["", 0, null, false, [1]], [undefined, {}, [], { a: 1 }]],
  [[{ exists: false }], [undefined, {}, [], { a: 1 }], ["", 0, null, [1]]],
  [[{ exists: false }, "x"], [undefined, "x"], ["y"]],
  [
    [{ cidr: "10.0.0.0/24" }],
    ["10.0.0.0", "10.0.0.255", "::ffff:10.0.0.7"],
    ["10.0.1.0", "10.0.0.256", "010.0.0.1", "10.0.0", 10],
  ],
  [[{ cidr: "10.0.0.7/31" }], ["10.0.0.6", "10.0.0.7"], ["10.0.0.8"]],
  [[{ cidr: "0.0.0.0/0" }], ["255.255.255.255"], ["::1", ""]],
  [
    [{ cidr: "2001:db8::/33" }],
    ["2001:db8::", "2001:DB8:7fff::1"],
    ["2001:db8:8000::", "2001:db8::1::", "10.0.0.1"],
  ],
];

test.each(table)("%j", (conditions, good, bad) => {
  for (const value of good) expect([value, matches(conditions, value)]).toEqual([value, true]);
  for (const value of bad) expect([value, matches(conditions, value)]).toEqual([value, false]);
});

test("every field must match, and one of the alternatives", () => {
  const filter = {
    event: [{ prefix: "order." }],
    $or: [{ productId: [7] }, { value: { vip: [true] } }],
  };
  expect(verdict(filter, {}, { event: "order.paid", productId: 7 })).toBe("matches");
  expect(verdict(filter, { vip: true }, { event: "order.paid" })).toBe("matches");
  expect(verdict(filter, { vip: true }, { event: "invoice.paid", productId: 7 })).toBe("differs");
  expect(verdict(filter, {}, { event: "order.paid" })).toBe("differs");
});

test("the fields of one element of a list belong together", () => {
  const filter = { value: { lines: { sku: ["a"], count: [2] } } };
  expect(
    verdict(filter, {
      lines: [
        { sku: "a", count: 1 },
        { sku: "a", count: 2 },
      ],
    }),
  ).toBe("matches");
  expect(
    verdict(filter, {
      lines: [
        { sku: "a", count: 1 },
        { sku: "b", count: 2 },
      ],
    }),
  ).toBe("differs");
  expect(verdict(filter, { lines: [[{ sku: "a" }, { count: 2 }]] })).toBe("differs");
  expect(verdict(filter, { lines: [[{ sku: "a", count: 2 }]] })).toBe("matches");
});

test("a field is absent only where no element has it", () => {
  const filter = { value: { lines: { discount: [{ exists: false }] } } };
  expect(verdict(filter, { lines: [{}, { discount: 1 }] })).toBe("differs");
  for (const value of [{ lines: [{}, {}] }, { lines: [] }, { lines: 5 }, {}, 5, undefined]) {
    expect([value, verdict(filter, value)]).toEqual([value, "matches"]);
  }
});

test("a value may be a list or a leaf itself", () => {
  expect(verdict({ value: [5] }, 5)).toBe("matches");
  expect(verdict({ value: [5] }, [4, 5])).toBe("matches");
  expect(verdict({ value: { a: [1] } }, [{ a: 2 }, { a: 1 }])).toBe("matches");
  expect(verdict({ value: [null] }, null)).toBe("matches");
  expect(verdict({ value: [{ exists: false }] }, undefined)).toBe("matches");
});

test("names that every object has are no fields", () => {
  expect(verdict({ value: { constructor: { name: [{ exists: true }] } } }, {})).toBe("differs");
  expect(verdict(JSON.parse('{"value":{"__proto__":[1]}}'), JSON.parse('{"__proto__":1}'))).toBe(
    "matches",
  );
});

test("however deep lists are nested, they are walked through", () => {
  const value = JSON.parse(`${"[".repeat(100_000)}7${"]".repeat(100_000)}`);
  expect(verdict({ value: [7] }, value)).toBe("matches");
  expect(verdict({ value: [8] }, value)).toBe("differs");
  expect(verdict({ value: { a: [{ exists: false }] } }, value)).toBe("matches");
});

test("tells the leaves that decided", () => {
  const filter = compileFilter({
    event: ["a"],
    $or: [{ value: { x: [1] } }, { value: { y: [1], z: [1] } }],
  });
  const explain = (value: object, event = "a") => filter?.explain({ event, value });
  expect(explain({ x: 1 })).toEqual({ verdict: "matches", because: ["event", "$or.0.value.x"] });
  expect(explain({ y: 1, z: 1 })?.because).toEqual(["event", "$or.1.value.y", "$or.1.value.z"]);
  expect(explain({ y: 1 })).toEqual({
    verdict: "differs",
    because: ["$or.0.value.x", "$or.1.value.z"],
  });
  expect(explain({ x: 1 }, "b")?.because).toEqual(["event"]);
});

test("of a list, the element that comes closest tells why it differs", () => {
  const filter = compileFilter({ value: { lines: { sku: ["a"], count: [2] } } });
  const lines = [{ sku: "b", count: 1 }, { sku: "a", count: 1 }, {}];
  expect(filter?.explain({ value: { lines } }).because).toEqual(["value.lines.count"]);
  expect(filter?.explain({ value: {} }).because).toEqual(["value.lines.sku", "value.lines.count"]);
});

test("too much work is a verdict of its own", () => {
  const conditions = Array.from({ length: 200 }, (_, n) => ({ prefix: `${n}` }));
  const value = { a: Array.from({ length: 60_000 }, () => "x") };
  expect(verdict({ value: { a: conditions } }, value)).toBe("costly");
  expect(compileFilter({ value: { a: conditions } })?.explain({ value })).toEqual({
    verdict: "costly",
    because: [],
  });
});

test("what is no filter is not compiled", () => {
  for (const json of [undefined, null, 5, {}, { value: { a: [{ regex: "x" }] } }]) {
    expect(compileFilter(json)).toBeUndefined();
  }
});
