import type { CallRecord } from "../aws/server.ts";
import type { CallCount } from "./engine-protocol.ts";

/** Adds calls up by who made them, what they did and to what. */
export function createCallCounter() {
  const counts = new Map<string, CallCount>();
  return {
    count: ({ accessKeyId, service, action, resource, durationMs, failed }: CallRecord): void => {
      const key = `${accessKeyId} ${service} ${action} ${resource}`;
      const sum = counts.get(key) ?? {
        accessKeyId,
        service,
        action,
        resource,
        calls: 0,
        failures: 0,
        durationMs: 0,
      };
      sum.calls += 1;
      sum.failures += failed ? 1 : 0;
      sum.durationMs += durationMs;
      counts.set(key, sum);
    },
    counts: (): CallCount[] => [...counts.values()],
  };
}
