import { expect, test } from "vitest";
import { indented } from "../../../console/state/json-text.ts";

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
