import { expect, test } from "vitest";
import { shouldSwitchOff } from "../../../../shared/domain/breaker/health.ts";
import type { Health } from "../../../../shared/domain/breaker/health-record.ts";

const nowMs = 1_700_000_000_000;
const dayMs = 86_400_000;
const heartbeat = { lastSuccessMs: nowMs - 60_000, webhookId: "whk_other" };
const circumstances = { nowMs, webhookId: "whk_this", heartbeat };

function failing(changes: Partial<Health> = {}): Health {
  return {
    version: 1,
    failures: 10,
    timeouts: 0,
    failingSinceMs: nowMs - 5 * dayMs,
    breaker: { kind: "closed" },
    ...changes,
  };
}

test("switches off after five days and ten failures", () => {
  expect(shouldSwitchOff(failing(), circumstances)).toBe(true);
});

test("waits for the whole of five days and for the tenth failure", () => {
  const failingSinceMs = nowMs - 5 * dayMs + 1;
  expect(shouldSwitchOff(failing({ failingSinceMs }), circumstances)).toBe(false);
  expect(shouldSwitchOff(failing({ failures: 9 }), circumstances)).toBe(false);
});

test("leaves a webhook on that is well or has just succeeded", () => {
  expect(shouldSwitchOff(undefined, circumstances)).toBe(false);
  expect(shouldSwitchOff(failing({ failingSinceMs: null }), circumstances)).toBe(false);
});

test("holds back while nobody has succeeded for five minutes", () => {
  const after = (silenceMs: number) => ({
    ...circumstances,
    heartbeat: { ...heartbeat, lastSuccessMs: nowMs - silenceMs },
  });
  expect(shouldSwitchOff(failing(), after(300_000))).toBe(true);
  expect(shouldSwitchOff(failing(), after(300_001))).toBe(false);
});

test("has nobody to judge by when the last success was the webhook's own, or none", () => {
  const own = { lastSuccessMs: nowMs - 6 * dayMs, webhookId: "whk_this" };
  expect(shouldSwitchOff(failing(), { ...circumstances, heartbeat: own })).toBe(true);
  expect(shouldSwitchOff(failing(), { ...circumstances, heartbeat: undefined })).toBe(true);
});
