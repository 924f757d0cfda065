import { expect, test } from "vitest";
import { fits } from "../../../console/state/deliveries/page-filter.ts";

const failed = { lastStatusCode: 503, attemptCount: 2, event: "invoice.paid" } as const;
const unanswered = { lastStatusCode: null, attemptCount: 1, event: 101 } as const;
const untried = { lastStatusCode: null, attemptCount: 0, event: null } as const;

test.for([
  [failed, { result: "5xx" }, true],
  [failed, { result: "4xx" }, false],
  [failed, { event: "invoice" }, true],
  [failed, { event: "paid" }, false],
  [failed, { result: "5xx", event: "order" }, false],
  [failed, {}, true],
  [unanswered, { result: "none" }, true],
  [unanswered, { event: "101" }, true],
  [untried, { result: "none" }, false],
  [untried, { event: "i" }, false],
] as const)("%o by %o: %s", ([delivery, filter, expected]) => {
  expect(fits(delivery, filter)).toBe(expected);
});
