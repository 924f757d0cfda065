import type { EventSource } from "../template/event-sources.ts";

// Threads, not Lambda's thousand environments; most of them wait for a receiver.
const maxConcurrency = 16;

/**
 * Scales the event sources of each function down to what one machine runs at a time, in proportion:
 * a message is received only when there is a thread for it, and no source takes another's place.
 */
export function scaleToMachine(eventSources: EventSource[]): EventSource[] {
  return eventSources.map((source) => {
    const rivals = eventSources.filter(({ functionName }) => functionName === source.functionName);
    const total = rivals.reduce((sum, { maximumConcurrency }) => sum + maximumConcurrency, 0);
    if (total <= maxConcurrency) return source;
    const share = Math.floor((maxConcurrency * source.maximumConcurrency) / total);
    return { ...source, maximumConcurrency: Math.max(1, share) };
  });
}
