import type { DnsFailure } from "./dns-failure.ts";
import type { NameAnswer } from "./query-name.ts";

export type Known = NameAnswer["addresses"] | DnsFailure;

const minSeconds = 5;
const maxSeconds = 60;
const maxNames = 1_000;

/** What names were found to be, each for its time; of too many the one that was last asked for longest ago goes. */
export interface KeptAnswers {
  find(hostname: string): Known | undefined;
  keep(hostname: string, answer: NameAnswer): void;
  /** That there is nothing may change as soon as somebody notices it. */
  keepFailure(hostname: string, failure: DnsFailure): void;
}

/** `now` is the wall clock: a monotonic one stands still while an environment is frozen. */
export function openKeptAnswers(now: () => number): KeptAnswers {
  const kept = new Map<string, { known: Known; fromMs: number; untilMs: number }>();

  const put = (hostname: string, known: Known, seconds: number) => {
    const fromMs = now();
    kept.delete(hostname);
    kept.set(hostname, { known, fromMs, untilMs: fromMs + seconds * 1000 });
    const [oldest] = kept.keys();
    if (kept.size > maxNames && oldest !== undefined) kept.delete(oldest);
  };

  return {
    find(hostname) {
      const entry = kept.get(hostname);
      if (!entry) return undefined;
      kept.delete(hostname);
      const nowMs = now();
      // A clock that has jumped back would keep it for longer.
      if (nowMs < entry.fromMs || nowMs >= entry.untilMs) return undefined;
      kept.set(hostname, entry);
      return entry.known;
    },
    keep(hostname, { addresses, ttlSeconds }) {
      put(hostname, addresses, Math.min(Math.max(ttlSeconds, minSeconds), maxSeconds));
    },
    keepFailure(hostname, failure) {
      if (failure.isAnswer) put(hostname, failure, minSeconds);
    },
  };
}
