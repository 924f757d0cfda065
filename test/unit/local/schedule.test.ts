import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Invoke } from "../../../local/lambda/functions.ts";
import { startRules } from "../../../local/lambda/rate-rules.ts";

const arn = "arn:aws:events:us-east-1:000000000000:rule/Rule";

beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-01-01T00:00:00Z") }));
afterEach(() => void vi.useRealTimers());

function rule(input?: unknown) {
  return { arn, periodMs: 60_000, targets: [{ functionName: "Fn", input }] };
}

test("invokes a rule's target once a period, with the scheduled event", async () => {
  const invoke = vi.fn<Invoke>(async () => undefined);
  const schedule = startRules([rule()], invoke, () => undefined);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(invoke).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_001);
  expect(invoke).toHaveBeenCalledTimes(2);
  expect(invoke).toHaveBeenCalledWith("Fn", {
    version: "0",
    id: expect.any(String),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "000000000000",
    time: "2026-01-01T00:01:00Z",
    region: "us-east-1",
    resources: [arn],
    detail: {},
  });
  await schedule.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(invoke).toHaveBeenCalledTimes(2);
});

test("hands over the target's own input", async () => {
  const invoke = vi.fn<Invoke>(async () => undefined);
  const schedule = startRules([rule({ a: 1 })], invoke, () => undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(invoke).toHaveBeenCalledWith("Fn", { a: 1 });
  await schedule.stop();
});

test("does not start a target again that still runs, nor catch up later", async () => {
  const running = Promise.withResolvers<void>();
  const invoke = vi.fn<Invoke>(() => running.promise);
  const schedule = startRules([rule()], invoke, () => undefined);
  await vi.advanceTimersByTimeAsync(180_000);
  expect(invoke).toHaveBeenCalledTimes(1);
  running.resolve();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(invoke).toHaveBeenCalledTimes(2);
  await schedule.stop();
});

test("goes on after a failure, which it logs", async () => {
  const lines: string[] = [];
  const invoke = vi.fn<Invoke>(() => Promise.reject(new Error("no")));
  const schedule = startRules([rule()], invoke, (line) => lines.push(line));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(lines).toEqual(["[Fn] failed: no", "[Fn] failed: no"]);
  await schedule.stop();
});
