import { expect, test } from "vitest";
import { fits } from "../../../../shared/domain/attempts/delivery-filter.ts";

const failed = { lastStatusCode: 503, attemptCount: 2, event: "invoice.paid" } as const;
const unanswered = { lastStatusCode: null, attemptCount: 1, event: 101 } as const;
const untried = { lastStatusCode: null, attemptCount: 0, event: null } as const;

test.for([
  [failed, { lastStatusCode: "5xx" }, true],
  [failed, { lastStatusCode: "503" }, true],
  [failed, { lastStatusCode: "500" }, false],
  [failed, { lastStatusCode: "4xx" }, false],
  [failed, { lastStatusCode: "none" }, false],
  [failed, { event: "invoice.paid" }, true],
  [failed, { event: "invoice" }, false],
  [failed, { lastStatusCode: "5xx", event: "order.paid" }, false],
  [failed, {}, true],
  [unanswered, { lastStatusCode: "none" }, true],
  [unanswered, { event: 101 }, true],
  [untried, { lastStatusCode: "none" }, false],
  [untried, { event: 101 }, false],
] as const)("%o by %o: %s", ([delivery, filter, expected]) => {
  expect(fits(delivery, filter)).toBe(expected);
});
