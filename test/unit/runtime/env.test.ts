import { afterEach, expect, test, vi } from "vitest";
import { readEnv } from "../../../shared/runtime/env.ts";

afterEach(() => vi.unstubAllEnvs());

test("reads the named variables in their own types", () => {
  vi.stubEnv("WEBHOOKS_TABLE", "Webhooks");
  vi.stubEnv("RETENTION_DAYS", "0");
  vi.stubEnv("ALLOW_PRIVATE_DESTINATIONS", "false");
  vi.stubEnv("RETRY_SCHEDULE_SECONDS", "5,300,1800");
  expect(
    readEnv(
      "WEBHOOKS_TABLE",
      "RETENTION_DAYS",
      "ALLOW_PRIVATE_DESTINATIONS",
      "RETRY_SCHEDULE_SECONDS",
    ),
  ).toEqual({
    WEBHOOKS_TABLE: "Webhooks",
    RETENTION_DAYS: 0,
    ALLOW_PRIVATE_DESTINATIONS: false,
    RETRY_SCHEDULE_SECONDS: [5, 300, 1800],
  });
});

test("names every variable that is missing or malformed, and no other", () => {
  vi.stubEnv("WEBHOOKS_TABLE", "Webhooks");
  vi.stubEnv("RETENTION_DAYS", "30 days");
  vi.stubEnv("ALLOW_PRIVATE_DESTINATIONS", "TRUE");
  vi.stubEnv("MESSAGES_TABLE", undefined);
  expect(() =>
    readEnv("WEBHOOKS_TABLE", "RETENTION_DAYS", "ALLOW_PRIVATE_DESTINATIONS", "MESSAGES_TABLE"),
  ).toThrow(
    "environment: RETENTION_DAYS, ALLOW_PRIVATE_DESTINATIONS, MESSAGES_TABLE missing or malformed",
  );
});

test.each(["", "5,", "5;6", "-1", "1.5"])("refuses the schedule %j", (schedule) => {
  vi.stubEnv("RETRY_SCHEDULE_SECONDS", schedule);
  expect(() => readEnv("RETRY_SCHEDULE_SECONDS")).toThrow(/RETRY_SCHEDULE_SECONDS/);
});
