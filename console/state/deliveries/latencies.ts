import type { Attempt, DeliverySummary } from "../../../shared/contract/delivery.ts";
import { hookcast } from "../hookcast.ts";

export interface Latency {
  readonly attemptTimeMs: number;
  readonly latencyMs: number;
  readonly isDelivered: boolean;
}

/** The list tells no latencies, and each delivery costs a request: these are enough to see a trend. */
export const sampleSize = 20;
const lanes = 4;

/** How long the attempts of the newest deliveries took, in the order of time. */
export async function readLatencies(
  webhookId: string,
  deliveries: readonly DeliverySummary[],
  signal: AbortSignal,
): Promise<Latency[]> {
  const waiting = deliveries.filter(({ attemptCount }) => attemptCount > 0).slice(0, sampleSize);
  const found: Latency[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { messageId } = next;
      const { attempts } = await hookcast().getDelivery({ webhookId, messageId }, { signal });
      found.push(...attempts.map(latencyOf));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found.sort((one, other) => one.attemptTimeMs - other.attemptTimeMs);
}

function latencyOf({ attemptTime, latencyMs, error, statusCode }: Attempt): Latency {
  const isDelivered = error === null && statusCode !== null && statusCode < 300;
  return { attemptTimeMs: Date.parse(attemptTime), latencyMs, isDelivered };
}
