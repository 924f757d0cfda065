import { cpus } from "node:os";

/** Milliseconds that the machine's processors have spent since it started. */
export interface ProcessorTime {
  idleMs: number;
  totalMs: number;
}

const defaultMs = 50;
const busyMs = 500;
const sampleMs = 100;
const busyIdleShare = 0.2;

/**
 * How long an invocation waits for an environment to come free before another one is started. A
 * thread that has to load and to get warm only slows the others down while the processors are busy.
 */
export function createScaleUpDelay(
  now: () => number = () => performance.now(),
  processorTime: () => ProcessorTime = readProcessorTime,
): () => number {
  let sampledMs = now();
  let sample = processorTime();
  let isBusy = false;
  return () => {
    if (now() - sampledMs >= sampleMs) {
      const next = processorTime();
      const idleMs = next.idleMs - sample.idleMs;
      isBusy = idleMs < busyIdleShare * (next.totalMs - sample.totalMs);
      sample = next;
      sampledMs = now();
    }
    return isBusy ? busyMs : defaultMs;
  };
}

function readProcessorTime(): ProcessorTime {
  const sum: ProcessorTime = { idleMs: 0, totalMs: 0 };
  for (const { times } of cpus()) {
    sum.idleMs += times.idle;
    for (const ms of Object.values(times)) sum.totalMs += ms;
  }
  return sum;
}
