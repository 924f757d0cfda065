import { availableParallelism, cpus } from "node:os";

/** Milliseconds that the machine's processors have spent since it started. */
export interface ProcessorTime {
  idleMs: number;
  totalMs: number;
}

/** What is known of a function for whose environments somebody waits. */
interface Situation {
  /** How many environments there are. */
  size: number;
  /** For how long somebody has waited for one of them. */
  waitedMs: number;
  /** How much of their time they were busy, of 1. */
  busyShare: number;
}

const sampleMs = 100;
const busyIdleShare = 0.2;
/** Nobody waits longer than this for what is busy. */
const maxWaitMs = 5_000;
const onQuietMachine = { delayMs: 50, maxBusyShare: 0.5 };
const onBusyMachine = { delayMs: 500, maxBusyShare: 0.1 };
/** Beyond two for each processor: they wait for receivers, and not for the engines. */
const hardlyBusy = 0.05;

/**
 * Says whether another environment would get more done. It does where those that are there wait for a receiver. Where
 * they compute or wait for a processor, it would only take processors away from them to load and to get warm, and hold
 * a heap of its own.
 */
export function createScaleUp(
  now: () => number = () => performance.now(),
  processorTime: () => ProcessorTime = readProcessorTime,
  processors = Math.max(2, availableParallelism()),
): (situation: Situation) => boolean {
  let sampledMs = now();
  let sample = processorTime();
  let isBusy = false;
  return ({ size, waitedMs, busyShare }) => {
    if (now() - sampledMs >= sampleMs) {
      const next = processorTime();
      const idleMs = next.idleMs - sample.idleMs;
      isBusy = idleMs < busyIdleShare * (next.totalMs - sample.totalMs);
      sample = next;
      sampledMs = now();
    }
    const { delayMs, maxBusyShare } = isBusy ? onBusyMachine : onQuietMachine;
    if (waitedMs < delayMs) return false;
    const limit = size < 2 * processors ? maxBusyShare : hardlyBusy;
    return size < processors || busyShare < limit || waitedMs >= maxWaitMs;
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
