import { afterEach, beforeEach, vi } from "vitest";
import type { MetricName } from "../../shared/contract/metrics.ts";
import { writeMetrics } from "../../shared/runtime/logger.ts";

type Measured = Partial<Record<MetricName, number[]>> & { reason?: string };

/** Catches the lines that this file's tests make, in the name of the stack `Test`. */
export function catchMetrics() {
  const lines: string[] = [];
  // Later than all that other files of the process have written: what was written when outlives a file.
  let minutes = Math.ceil(performance.now() * 1_000);
  /** Every line is a minute after the one before, so that no count waits. */
  const write = () => {
    minutes += 1;
    writeMetrics(Date.now() + minutes * 60_000);
  };
  beforeEach(() => {
    write(); // what an earlier test has left behind
    vi.stubEnv("METRICS_STACK", "Test");
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      lines.push(String(text));
      return true;
    });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    lines.length = 0;
  });
  return {
    lines,
    /** What was measured and is not written yet. */
    flush(): Measured {
      lines.length = 0;
      write();
      const [line = "{}"] = lines;
      const { _aws, Stack, ...values } = JSON.parse(line);
      return values;
    },
  };
}
