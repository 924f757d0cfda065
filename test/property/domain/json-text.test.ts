import fc from "fast-check";
import { expect, test } from "vitest";
import { memberTexts, valueTexts } from "../../../shared/contract/values/json-text.ts";

const space = fc.constantFrom("", " ", "\n\t", "  \r\n");

/** JSON as people write it: any spacing, numbers that a parser would change, repeated keys, braces in texts. */
const { value: jsonText } = fc.letrec<{ value: string; members: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      "null",
      "true",
      "9007199254740993",
      "1.0",
      "-0",
      "1e400",
      '"\\ud800"',
      '"]},\\""',
    ),
    fc.string().map((text) => JSON.stringify(text)),
    fc
      .tuple(space, tie("value"), space)
      .map(([before, item, after]) => `[${before}${item}${after}]`),
    fc.tuple(space, tie("members"), space).map((parts) => `{${parts.join("")}}`),
  ),
  members: fc
    .array(
      fc.tuple(fc.constantFrom('"a"', '"value"', '"messages"', '"\\""'), space, tie("value")),
      {
        maxLength: 3,
      },
    )
    .map((all) => all.map(([key, gap, item]) => `${key}${gap}:${gap}${item}`).join(",")),
}));

/** An entry of a batch, and the text of its value. */
const entry = fc.oneof(
  fc.tuple(space, jsonText).map(([gap, text]) => ({
    text,
    json: `{${gap}"event"${gap}:1,${gap}"value"${gap}:${gap}${text}${gap}}`,
  })),
  fc.tuple(space, jsonText).map(([gap, text]) => ({
    text,
    json: `{"\\u0076alue":${gap}${text},"note":{"value":1}}`,
  })),
  fc.constantFrom("{}", '{"text":"\\"value\\":1"}', "[1]", '"value"', "7").map((json) => ({
    text: undefined,
    json,
  })),
);

test("finds the text of each value exactly as it was written", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 5 }), space, (entries, gap) => {
      const list = entries.map(({ json }) => `${gap}${json}${gap}`).join(",");
      const batch = `${gap}{${gap}"note":["messages"],"messages"${gap}:${gap}[${list || gap}]${gap}}${gap}`;
      JSON.parse(batch);
      expect(valueTexts(batch)).toEqual(entries.map(({ text }) => text));
    }),
    { numRuns: 1_000 },
  );
});

test("finds the text of each member of an object with the white space around it", () => {
  fc.assert(
    fc.property(fc.array(jsonText, { maxLength: 5 }), space, (texts, gap) => {
      const members = texts.map((text, n) => [`"${n}`, `${gap}${text}${gap}`] as const);
      const json = members
        .map(([key, text]) => `${gap}${JSON.stringify(key)}${gap}:${text}`)
        .join(",");
      expect([...memberTexts(`${gap}{${json || gap}}${gap}`)]).toEqual(members);
    }),
    { numRuns: 1_000 },
  );
});

test("follows values that are nested as deep as a message is large, and texts as long", () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  const long = JSON.stringify('\\"'.repeat(200_000));
  expect(valueTexts(`{"messages":[{"value":${deep}},{"value":${long}}]}`)).toEqual([deep, long]);
});

test("lets the last of repeated members count, as a parser does", () => {
  const batch = '{"messages":[{"value":1}],"messages":[{"value":2,"value": 3 }]}';
  expect(valueTexts(batch)).toEqual(["3"]);
});
