import { expect, test } from "vitest";
import { ConnectionError, HookcastError } from "../../../client/errors.ts";
import { explain } from "../../../console/state/explain.ts";
import { type ErrorCode, errorStatus } from "../../../shared/contract/errors.ts";

const refusal = (status: number, code?: ErrorCode, retryAfterMs?: number) =>
  new HookcastError({
    ...{ status, code, message: "the reason", details: [], requestId: "r-1" },
    ...{ retryAfterMs, tries: 1 },
  });

test.each(Object.entries(errorStatus))("says what to do about %s", (code, status) => {
  // The table's own names; Object.entries forgets that.
  const { what, advice, requestId } = explain(refusal(status, code as ErrorCode));
  expect(what).toBe("The reason.");
  expect(advice).toMatch(/^[A-Z].*\.$/);
  expect(requestId).toBe("r-1");
});

test("asks for another key where the gateway refuses this one, and only there", () => {
  expect(explain(refusal(403)).needsKey).toBe(true);
  expect(explain(refusal(401)).needsKey).toBe(true);
  expect(explain(refusal(403, "PERMISSION_ERROR")).needsKey).toBeUndefined();
});

test("tells a limit that passes by itself from a quota that is used up", () => {
  const advice = (retryAfterMs?: number) =>
    explain(refusal(429, "LIMIT_EXCEEDED_ERROR", retryAfterMs)).advice;
  expect(advice(1_000)).toContain("Wait a moment");
  expect(advice()).toContain("A limit is reached");
});

test("tells silence from a refusal, and a slip of the user from both", () => {
  expect(explain(new ConnectionError("gone", 4, undefined)).what).toContain("did not answer");
  expect(explain(new TypeError("the value is not JSON")).what).toBe("the value is not JSON");
});
