import { expect, test, vi } from "vitest";
import { measure, writeMetrics } from "../../shared/runtime/metrics.ts";
import { catchMetrics } from "./metric-lines.ts";

const { lines } = catchMetrics();
const nowMs = 1_706_138_428_000;

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

test("tells facts beside the metrics, and not as their dimensions", () => {
  measure("Denied", 1, { reason: "expired" });
  writeMetrics(nowMs);
  const line = JSON.parse(String(lines[0]));
  expect(line.reason).toBe("expired");
  expect(line._aws.CloudWatchMetrics[0].Dimensions).toEqual([["Stack"]]);
  measure("Denied", 1);
  writeMetrics(nowMs);
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
  writeMetrics(nowMs);
  expect(lines).toEqual([]);
});
