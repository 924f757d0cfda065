import { expect, test } from "vitest";
import { generationsOf } from "../../../console/state/deliveries/generations.ts";

const made = (attempt: number, minute: number) => ({
  ...{ attempt, attemptTime: `2026-11-27T17:${minute}:00Z`, statusCode: 500, latencyMs: 1 },
  ...{ error: "HTTP 500", responseBody: "" },
});

test("attempts belong to the sending that counts from 1, and keep their place among all", () => {
  const generations = generationsOf([made(1, 10), made(2, 20), made(1, 30), made(1, 40)]);
  const places = generations.map(({ attempts }) => attempts.map(({ place }) => place));
  expect(places).toEqual([[0, 1], [2], [3]]);
  expect(generations.map(({ isResent }) => isResent)).toEqual([false, true, true]);
  expect(generations[1]?.startTime).toBe("2026-11-27T17:30:00Z");
  expect(generationsOf([])).toEqual([]);
});
