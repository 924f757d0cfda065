import { expect, test } from "vitest";
import type { Condition, Context } from "../../local/aws/condition.ts";
import { isAllowed, type Statement } from "../../local/aws/policy.ts";

const key = "dynamodb:LeadingKeys";

function allows(conditions: Condition[], context: Context): boolean {
  const statement: Statement = { effect: "Allow", actions: ["*"], resources: ["*"], conditions };
  return isAllowed([statement], "dynamodb:PutItem", "table", context);
}

function like(quantifier: Condition["quantifier"], ...values: string[]): Condition {
  return { quantifier, operator: "StringLike", key, values };
}

test("ForAllValues wants every value of the call, and holds where the call has none", () => {
  const condition = like("ForAllValues", "use/*", "breakers");
  expect(allows([condition], { [key]: ["use/a", "breakers"] })).toBe(true);
  expect(allows([condition], { [key]: ["use/a", "key_a"] })).toBe(false);
  expect(allows([condition], { [key]: ["a-use/"] })).toBe(false);
  expect(allows([condition], {})).toBe(true);
});

test("Null: false refuses the call that has no value", () => {
  const isThere: Condition = { operator: "Null", key, values: ["false"] };
  const both = [like("ForAllValues", "use/*"), isThere];
  expect(allows(both, {})).toBe(false);
  expect(allows(both, { [key]: [] })).toBe(false);
  expect(allows(both, { [key]: ["use/a"] })).toBe(true);
  expect(allows([{ ...isThere, values: ["true"] }], {})).toBe(true);
});

test("ForAnyValue wants one value of the call", () => {
  const condition = like("ForAnyValue", "use/*");
  expect(allows([condition], { [key]: ["key_a", "use/a"] })).toBe(true);
  expect(allows([condition], { [key]: ["key_a"] })).toBe(false);
  expect(allows([condition], {})).toBe(false);
});

test("without a quantifier a call has one value, which is the condition's", () => {
  const condition: Condition = { operator: "StringEquals", key, values: ["a", "b"] };
  expect(allows([condition], { [key]: ["b"] })).toBe(true);
  expect(allows([condition], { [key]: ["B"] })).toBe(false);
  expect(allows([condition], { [key]: ["a", "b"] })).toBe(false);
  expect(allows([condition], {})).toBe(false);
});

test("knows wildcards in StringLike alone, and ignores the case of keys only", () => {
  const equal: Condition = { operator: "StringEquals", key, values: ["use/*"] };
  expect(allows([equal], { [key]: ["use/a"] })).toBe(false);
  expect(allows([like(undefined, "use/?")], { [key.toUpperCase()]: ["use/a"] })).toBe(true);
  expect(allows([like(undefined, "use/?")], { [key]: ["USE/a"] })).toBe(false);
});

test("a denial whose condition does not hold denies nothing", () => {
  const allow: Statement = { effect: "Allow", actions: ["*"], resources: ["*"] };
  const deny: Statement = { ...allow, effect: "Deny", conditions: [like(undefined, "vault")] };
  const may = (row: string) => isAllowed([allow, deny], "dynamodb:PutItem", "t", { [key]: [row] });
  expect([may("vault"), may("cache/a")]).toEqual([false, true]);
});
