import { expect, test } from "vitest";
import { indented, memberText } from "../../console/state/json-text.ts";

test("lays JSON out without touching what is in it", () => {
  const json =
    '{"id":12345678901234567890,"a":[1.0,{"b":"x, {y}: \\"z\\""}],"e":{},"f":[ ],"g":null}';
  expect(indented(json)).toBe(`{
  "id": 12345678901234567890,
  "a": [
    1.0,
    {
      "b": "x, {y}: \\"z\\""
    }
  ],
  "e": {},
  "f": [],
  "g": null
}`);
});

test.each(['"text"', "12", "true", "[]"])("leaves %s as it is", (json) => {
  expect(indented(json)).toBe(json);
});

test("finds a member by its name, and not what has the name deeper down or as a text", () => {
  const json = '{"a":"value","b":{"value":1},"value": {"value": 1E400} ,"z":"}"}';
  expect(memberText(json, "value")).toBe('{"value": 1E400}');
  expect(memberText(json, "z")).toBe('"}"');
  expect(memberText(json, "a")).toBe('"value"');
  expect(memberText(json, "none")).toBe("");
});
