import { beforeEach, expect, test, vi } from "vitest";
import { measure, writeMetrics } from "../../../shared/runtime/logger.ts";
import { catchMetrics } from "../metric-lines.ts";

const { lines } = catchMetrics();
/** Far from anything that was written before. */
let nowMs = Date.now() + 1_000_000_000;
beforeEach(() => {
  // Other tests of this process may have measured something.
  nowMs += 60_000;
  writeMetrics(nowMs);
  lines.length = 0;
  nowMs += 60_000;
});

test("writes all that was measured as one line of the embedded metric format", () => {
  measure("Delivered", 1);
  measure("AttemptLatency", 12);
  measure("Delivered", 2);
  measure("AttemptLatency", 7);
  writeMetrics(nowMs);
  expect(lines).toEqual([expect.stringMatching(/^[^\n]*\n$/)]);
  expect(JSON.parse(String(lines[0]))).toEqual({
    _aws: {
      Timestamp: nowMs,
      CloudWatchMetrics: [
        {
          Namespace: "Hookcast",
          Dimensions: [["Stack"]],
          Metrics: [
            { Name: "Delivered", Unit: "Count" },
            { Name: "AttemptLatency", Unit: "Milliseconds" },
          ],
        },
      ],
    },
    Stack: "Test",
    Delivered: [3],
    AttemptLatency: [12, 7],
  });
});

test("measures nothing twice, and writes no line of nothing", () => {
  measure("Delivered", 1);
  writeMetrics(nowMs);
  writeMetrics(nowMs);
  expect(lines).toHaveLength(1);
});

test("lets a few counts wait for others, and stamps them with the time of the first", () => {
  measure("Accepted", 1);
  writeMetrics(nowMs);
  for (const seconds of [1, 2, 3]) {
    measure("Accepted", 2);
    writeMetrics(nowMs + seconds * 1000);
  }
  expect(lines).toHaveLength(1);
  measure("Accepted", 1);
  writeMetrics(nowMs + 10_000);
  expect(lines).toHaveLength(2);
  expect(JSON.parse(String(lines[1]))).toMatchObject({
    _aws: { Timestamp: nowMs + 1000 },
    Accepted: [7],
  });
});

test("lets no more than nine counts wait", () => {
  measure("Accepted", 1);
  writeMetrics(nowMs);
  measure("Accepted", 9);
  writeMetrics(nowMs);
  expect(lines).toHaveLength(1);
  measure("Accepted", 1);
  writeMetrics(nowMs);
  expect(JSON.parse(String(lines[1])).Accepted).toEqual([10]);
});

test("tells facts beside the metrics, and not as their dimensions", () => {
  measure("Denied", 1, { reason: "expired" });
  writeMetrics(nowMs);
  const line = JSON.parse(String(lines[0]));
  expect(line.reason).toBe("expired");
  expect(line._aws.CloudWatchMetrics[0].Dimensions).toEqual([["Stack"]]);
  measure("Denied", 1);
  writeMetrics(nowMs + 10_000);
  expect(lines[1]).not.toContain("reason");
});

test("keeps to the hundred values that CloudWatch takes", () => {
  for (let n = 0; n < 150; n += 1) measure("QueueDwell", n);
  writeMetrics(nowMs);
  expect(JSON.parse(String(lines[0])).QueueDwell).toHaveLength(100);
});

test("writes nothing in a deployment without metrics, not even later", () => {
  vi.stubEnv("METRICS_STACK", undefined);
  measure("Delivered", 1);
  writeMetrics(nowMs);
  vi.stubEnv("METRICS_STACK", "Test");
  writeMetrics(nowMs + 10_000);
  expect(lines).toEqual([]);
});
