import { failing, hanging, overloadable, well } from "./simulate-receivers.ts";
import type { Answer } from "./simulate-world.ts";

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Messages published to one webhook, evenly over a span. Times count from the scenario's beginning. */
export interface Stream {
  readonly webhook: string;
  readonly messages: number;
  readonly fromMs: number;
  readonly overMs: number;
  /** Healthy ones are timed; the rest of them only keep the deployment's pulse. */
  readonly kind: "troubled" | "healthy" | "pulse";
}

export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly streams: readonly Stream[];
  /** How a troubled receiver answers. */
  readonly answer: (nowMs: number, random: () => number) => Answer;
  readonly sweeperDown?: { readonly fromMs: number; readonly untilMs: number };
  /** When the trouble is over. */
  readonly recoveryMs?: number;
}

/** Made anew for each run: an overloaded receiver remembers. */
export const scenarios: readonly (() => Scenario)[] = [outage, dead, herd, sweeper];

function outage(): Scenario {
  return {
    name: "outage",
    about: "One receiver hangs for 24 hours and gets 100,000 messages; then it is well.",
    streams: [
      { webhook: "down", messages: 100_000, fromMs: 0, overMs: dayMs, kind: "troubled" },
      ...many("healthy", 100, { messages: 500, fromMs: 0, overMs: dayMs, kind: "healthy" }),
    ],
    answer: (nowMs, random) => (nowMs < dayMs ? hanging() : well(random)),
    recoveryMs: dayMs,
  };
}

function dead(): Scenario {
  return {
    name: "dead",
    about:
      "One of 1,000 receivers hangs for good and gets 10,000 messages within a minute. It is switched off after five days.",
    streams: [
      {
        webhook: "dead",
        messages: 10_000,
        fromMs: 2 * minuteMs,
        overMs: minuteMs,
        kind: "troubled",
      },
      ...many("healthy", 998, { messages: 60, fromMs: 0, overMs: 10 * minuteMs, kind: "healthy" }),
      { webhook: "pulse", messages: 8_640, fromMs: 0, overMs: 6 * dayMs, kind: "pulse" },
    ],
    answer: hanging,
  };
}

function herd(): Scenario {
  const platform = overloadable(500);
  return {
    name: "herd",
    about:
      "100 receivers on one platform answer 503 for an hour and get 50,000 messages; then the platform takes 500 requests a second and no more.",
    streams: [
      ...many("herd", 100, { messages: 500, fromMs: 0, overMs: hourMs, kind: "troubled" }),
      ...many("healthy", 100, { messages: 600, fromMs: 0, overMs: 2 * hourMs, kind: "healthy" }),
    ],
    answer: (nowMs, random) => (nowMs < hourMs ? failing(503, 20) : platform(nowMs, random)),
    recoveryMs: hourMs,
  };
}

function sweeper(): Scenario {
  return {
    name: "sweeper",
    about:
      "50 receivers fail one request in three for three hours; the sweeper is down for the second of them.",
    streams: [
      ...many("flaky", 50, { messages: 400, fromMs: 0, overMs: 3 * hourMs, kind: "troubled" }),
      ...many("healthy", 50, { messages: 400, fromMs: 0, overMs: 3 * hourMs, kind: "healthy" }),
    ],
    answer: (_nowMs, random) => (random() < 1 / 3 ? failing(500, 40) : well(random)),
    sweeperDown: { fromMs: hourMs, untilMs: 2 * hourMs },
    recoveryMs: 2 * hourMs,
  };
}

function many(name: string, count: number, stream: Omit<Stream, "webhook">): Stream[] {
  return Array.from({ length: count }, (_, index) => ({ ...stream, webhook: `${name}-${index}` }));
}
