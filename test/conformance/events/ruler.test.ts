import { expect, test } from "vitest";
import { parseEventJson } from "../../../local/events/event-json.ts";
import { compilePattern } from "../../../local/events/pattern.ts";
import { rulerCases } from "../../unit/domain/filters/ruler/cases.ts";

test("the local buses give 5,000 random patterns and events Event Ruler's verdict", () => {
  const wrong = rulerCases.filter(
    ([pattern, event, wanted]) =>
      compilePattern(pattern)(parseEventJson(JSON.stringify(event))) !== (wanted === 1),
  );
  expect(wrong.map((one) => JSON.stringify(one))).toEqual([]);
});
