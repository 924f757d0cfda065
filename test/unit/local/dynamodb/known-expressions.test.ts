import conditionParser from "dynalite/db/conditionParser.js";
import type { AttributeValue, ExpressionContext, ExpressionParser } from "dynalite/db/index.js";
import updateParser from "dynalite/db/updateParser.js";
import { expect, test } from "vitest";
import { remembering } from "../../../../local/dynamodb/engine/known-expressions.ts";

type Values = Record<string, AttributeValue>;

const rules = { isReserved: () => false, compare: () => false };

/** What a call's expressions may name, and a text for each that none of them has used. */
function contextOf(attrNames: Record<string, string>, attrVals: Values): ExpressionContext {
  const unusedAttrNames = Object.fromEntries(Object.keys(attrNames).map((name) => [name, true]));
  const unusedAttrVals = Object.fromEntries(Object.keys(attrVals).map((name) => [name, true]));
  return { attrNames, attrVals, unusedAttrNames, unusedAttrVals, ...rules };
}

function parse(
  parser: ExpressionParser["parse"],
  text: string,
  values: Values,
  names: Record<string, string> = { "#a": "one", "#b": "two" },
) {
  const context = contextOf(names, values);
  const parsed = parser(text, { context });
  return { parsed, context };
}

const update = "SET #a = :a, b.c[1] = if_not_exists(#b, :b) ADD n :n REMOVE gone";
const condition = "attribute_not_exists(#a) OR (#b < :b AND contains(#a, :a)) OR size(x) = :n";

test.each<[string, ExpressionParser, string]>([
  ["an update", updateParser, update],
  ["a condition", conditionParser, condition],
])("makes of %s with other values what the parser makes of it", (_, { parse: plain }, text) => {
  const remembered = remembering(plain);
  const values = { ":a": { S: "x" }, ":b": { N: "1" }, ":n": { N: "2" }, ":unused": { S: "" } };
  const others = { ":a": { S: "y" }, ":b": { N: "8" }, ":n": { N: "9" }, ":unused": { S: "z" } };
  for (const given of [values, others, values]) {
    expect(parse(remembered, text, given)).toEqual(parse(plain, text, given));
  }
});

test("does not give away what an update has written into an expression", () => {
  const remembered = remembering(updateParser.parse);
  const values = { ":a": { S: "x" } };
  const [first, second] = [1, 2].map(
    () => parse(remembered, "SET a = :a, b = c", values).parsed as { sections: { val: unknown }[] },
  );
  for (const section of first?.sections ?? []) section.val = "written";
  expect(second?.sections.map(({ val }) => val)).toEqual([{ S: "x" }, ["c"]]);
  expect(parse(remembered, "SET a = :a, b = c", values)).toEqual(
    parse(updateParser.parse, "SET a = :a, b = c", values),
  );
});

test.each<[string, string, Values, Values]>([
  ["type", "ADD a :a", { ":a": { N: "1" } }, { ":a": { S: "1" } }],
  ["absence", "SET a = :a", { ":a": { N: "1" } }, {}],
])("refuses a value for its %s after it took another", (_, text, good, bad) => {
  const remembered = remembering(updateParser.parse);
  expect(typeof parse(remembered, text, good).parsed).toBe("object");
  const { parsed } = parse(remembered, text, bad);
  expect(typeof parsed).toBe("string");
  expect(parsed).toEqual(parse(updateParser.parse, text, bad).parsed);
});

test("reads other names from the same expression", () => {
  const remembered = remembering(updateParser.parse);
  const values = { ":a": { S: "x" } };
  for (const names of [{ "#a": "one" }, { "#a": "other" }]) {
    expect(parse(remembered, "SET #a = :a", values, names)).toEqual(
      parse(updateParser.parse, "SET #a = :a", values, names),
    );
  }
});

test("looks into the values of an expression whose refusal depends on them", () => {
  const remembered = remembering(conditionParser.parse);
  const text = "attribute_type(a, :type)";
  expect(typeof parse(remembered, text, { ":type": { S: "N" } }).parsed).toBe("object");
  expect(parse(remembered, text, { ":type": { S: "no type" } }).parsed).toMatch(
    /Invalid attribute/,
  );
});
