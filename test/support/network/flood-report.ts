import { percentile } from "../percentile.ts";
import type { Flood } from "./flood.ts";
import type { Receiver } from "./receiver.ts";

/** One line with the numbers that a reader compares between two versions. */
export function floodReport(flood: Flood, receiver: Receiver): string {
  const firstSentMs = Math.min(...flood.sentTimesMs.values());
  const lastReceivedMs = receiver.deliveries.at(-1)?.receivedTimeMs ?? firstSentMs;
  const seconds = (lastReceivedMs - firstSentMs) / 1000;
  const latencies = flood.latenciesMs();
  return [
    `${flood.sentTimesMs.size} messages, ${latencies.length} deliveries in ${seconds.toFixed(1)} s`,
    `${Math.round(latencies.length / seconds)} deliveries/s`,
    `publish to POST p50 ${percentile(latencies, 0.5)} ms, p99 ${percentile(latencies, 0.99)} ms`,
    `${receiver.duplicateCount()} duplicates`,
  ].join(", ");
}
