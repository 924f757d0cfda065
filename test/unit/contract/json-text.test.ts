import { expect, test } from "vitest";
import { memberTexts } from "../../../shared/contract/values/json-text.ts";

test("members keep their own text, whatever is in it", () => {
  const text = '{"a":{"a":[1,{"b":"}\\",{"}]},"\\u0062": 12345678901234567890\n,"c":"x:y"}';
  expect(Object.fromEntries(memberTexts(text))).toEqual({
    a: '{"a":[1,{"b":"}\\",{"}]}',
    b: " 12345678901234567890\n",
    c: '"x:y"',
  });
  expect(memberTexts("{}").size).toBe(0);
});

test("a member is found by its name, and not by a text or deeper down", () => {
  const members = memberTexts('{"a":"value","b":{"value":1},"value":{"value":1E400},"z":"}"}');
  expect(members.get("value")).toBe('{"value":1E400}');
  expect(members.get("z")).toBe('"}"');
  expect(members.get("none")).toBeUndefined();
});
