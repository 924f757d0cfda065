import { expect, test } from "vitest";
import { AppError } from "../../../shared/domain/app-error.ts";
import { idSpan, idTimeMs } from "../../../shared/domain/ids.ts";
import { recoveryWindow } from "../../../shared/domain/recovery/recovery-window.ts";

const nowMs = Date.UTC(2026, 10, 22, 12);
const at = (minutesAgo: number) => new Date(nowMs - minutesAgo * 60_000).toISOString();
const timesOf = (window: ReturnType<typeof recoveryWindow>) =>
  window?.map((id) => (nowMs - idTimeMs(id)) / 60_000);

test("a window holds the ids from since to just before until", () => {
  const window = recoveryWindow({ since: at(90), until: at(30), mode: "failed" }, nowMs);
  expect(window).toEqual(idSpan("msg", nowMs - 90 * 60_000, nowMs - 30 * 60_000));
});

test("without until it goes to now, and of what is missing to a quarter of an hour ago", () => {
  const failed = timesOf(recoveryWindow({ since: at(90), mode: "failed" }, nowMs));
  expect(failed).toEqual([90, 1 / 60_000]);
  const missing = timesOf(recoveryWindow({ since: at(90), mode: "missing" }, nowMs));
  expect(missing).toEqual([90, 15 + 1 / 60_000]);
});

test("what is past the seven days of a delivery's life is left out", () => {
  const week = 7 * 24 * 60;
  const long = recoveryWindow({ since: at(3 * week), until: at(10), mode: "failed" }, nowMs);
  expect(timesOf(long)?.[0]).toBe(week);
  const old = { since: at(3 * week), until: at(2 * week), mode: "failed" } as const;
  expect(recoveryWindow(old, nowMs)).toBeNull();
});

test.each([
  ["until", { since: at(90), until: at(-1), mode: "failed" }],
  ["until", { since: at(90), until: at(14), mode: "missing" }],
  ["since", { since: at(30), until: at(30), mode: "failed" }],
  ["since", { since: at(0), mode: "failed" }],
  ["since", { since: at(14), mode: "missing" }],
] as const)("refuses a bad %s: %j", (path, body) => {
  const refusal = expect.objectContaining({ code: "INVALID_ARGUMENT_ERROR" });
  expect(() => recoveryWindow(body, nowMs)).toThrow(refusal);
  expect(() => recoveryWindow(body, nowMs)).toThrow(
    expect.objectContaining({ details: [{ path, message: expect.any(String) }] }),
  );
  expect(() => recoveryWindow(body, nowMs)).toThrow(AppError);
});
