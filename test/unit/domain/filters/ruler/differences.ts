/** Where Hookcast differs from Event Ruler 1.8.1, as docs/filters.md tells: pattern, event, and Ruler's verdict. */
export const differences: readonly (readonly [string, object, object, boolean])[] = [
  ["a dot in a name is no step", { value: { "a.b": [1] } }, { value: { a: { b: 1 } } }, true],
  [
    "what is absent is absent from every object of a list",
    { value: { lines: { price: [1], refund: [{ exists: false }] } } },
    { value: { lines: [{ price: 1 }, { price: 2, refund: 1 }] } },
    true,
  ],
  [
    "a field must match both beside $or and in it",
    { event: ["a"], $or: [{ event: ["b"] }, { productId: [7] }] },
    { event: "b" },
    true,
  ],
  ["an address is a text like any other", { value: ["::1"] }, { value: "0:0:0:0:0:0:0:1" }, true],
  ["a number is in no block", { value: [{ cidr: "0.0.0.0/0" }] }, { value: 7 }, true],
  [
    "an address of IPv6 is in no block of IPv4",
    { value: [{ cidr: "10.0.0.0/8" }] },
    { value: "0a00:0001::1" },
    true,
  ],
  [
    "an address of IPv4 may be written as one of IPv6",
    { value: [{ cidr: "10.0.0.0/8" }] },
    { value: "::ffff:10.0.0.1" },
    false,
  ],
  [
    "a part of an address does not begin with 0",
    { value: [{ cidr: "10.0.0.0/8" }] },
    { value: "010.0.0.1" },
    true,
  ],
  [
    "numbers have 64 bits",
    { value: [2 ** 53 + 2] },
    JSON.parse('{"value":9007199254740993.9999}'),
    false,
  ],
  [
    "characters beyond 16 bits are equal to themselves",
    { value: [{ "equals-ignore-case": "😀" }] },
    { value: "😀" },
    false,
  ],
  [
    "anything-but stays itself beside equals-ignore-case",
    { event: [{ "anything-but": { wildcard: "*ext/p*ain" } }, { "equals-ignore-case": "b" }] },
    { event: "text/plain" },
    true,
  ],
];
