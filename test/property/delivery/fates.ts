import fc from "fast-check";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** `busy` is a 503 with `retry-after`, `full` a 429 without, `held` one that asks for two minutes. */
export type Reply = "well" | "error" | "hang" | "abort" | "busy" | "full" | "held";

/** Everything that a life depends on. */
export interface Fate {
  readonly seed: number;
  /** When each message is published, by webhook name. */
  readonly messages: readonly { readonly name: string; readonly atMs: number }[];
  /** How the receivers answer, each for `replyMs`; the last for good. */
  readonly replies: readonly Reply[];
  readonly replyMs: number;
  readonly commands: readonly Command[];
  /** The rate of the webhook called red at first; null for none. */
  readonly maxPerSecond: number | null;
  /** How much longer than usual a call may take. */
  readonly maxSlowness: number;
  /** Which of the calls of all functions are the last ones of their function. */
  readonly crashes: readonly number[];
  /** Which of the records handed out are handed out twice. */
  readonly duplicates: readonly number[];
  readonly sweeperDown: { readonly fromMs: number; readonly untilMs: number };
}

export interface Command {
  readonly kind: "delete" | "putAgain" | "deactivate" | "activate" | "replay" | "recover" | "limit";
  readonly name: string;
  readonly atMs: number;
  /** The rate that `limit` sets; null takes it away. */
  readonly maxPerSecond: number | null;
}

const names = fc.constantFrom("red", "blue");
/** Mostly within minutes, so that breakers open; some hours later. */
const times = fc.oneof(
  { weight: 3, arbitrary: fc.nat(3 * minuteMs) },
  { weight: 2, arbitrary: fc.nat(hourMs) },
  { weight: 1, arbitrary: fc.nat(6 * hourMs) },
);
const limits = fc.constantFrom(null, 0.5, 3, 20);
/** Fifteen seconds for a call: slow enough for much to happen in between. */
const maxSlowness = fc.constant(3_000);
const commands: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom(
    ...(["delete", "putAgain", "deactivate", "activate", "replay", "recover", "limit"] as const),
  ),
  name: names,
  atMs: times,
  maxPerSecond: limits,
});
/** Two webhooks with little to do, and their owner's commands. */
const quietLives: fc.Arbitrary<Fate> = fc.record({
  seed: fc.nat(10_000),
  messages: fc.array(fc.record({ name: names, atMs: times }), { minLength: 1, maxLength: 60 }),
  replies: fc.array(
    fc.constantFrom(...(["well", "error", "hang", "abort", "busy", "full", "held"] as const)),
    { minLength: 1, maxLength: 30 },
  ),
  replyMs: fc.constant(5 * minuteMs),
  commands: fc.array(commands, { maxLength: 5 }),
  maxPerSecond: limits,
  maxSlowness,
  crashes: fc.uniqueArray(fc.nat(600), { maxLength: 12 }),
  duplicates: fc.uniqueArray(fc.nat(200), { maxLength: 20 }),
  sweeperDown: fc.tuple(fc.nat(4 * hourMs), fc.nat(4 * hourMs)).map(([fromMs, spanMs]) => ({
    fromMs,
    untilMs: fromMs + spanMs,
  })),
});

/** Soon, and of the webhook that is busy. */
const stormCommands: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom("deactivate", "activate", "replay", "limit"),
  name: fc.constant("red"),
  atMs: fc.nat(5 * minuteMs),
  maxPerSecond: limits,
});

/** A busy webhook whose receiver comes and goes, so that its breaker opens in the middle of drains. */
const storms: fc.Arbitrary<Fate> = fc.record({
  seed: fc.nat(10_000),
  messages: fc.array(fc.record({ name: fc.constant("red"), atMs: fc.nat(3 * minuteMs) }), {
    minLength: 100,
    maxLength: 200,
  }),
  replies: fc.array(fc.constantFrom("well", "error", "busy", "full", "held"), {
    minLength: 20,
    maxLength: 80,
  }),
  replyMs: fc.integer({ min: 5_000, max: 20_000 }),
  commands: fc.array(stormCommands, { maxLength: 3 }),
  maxPerSecond: limits,
  maxSlowness,
  crashes: fc.uniqueArray(fc.nat(3_000), { maxLength: 12 }),
  duplicates: fc.uniqueArray(fc.nat(1_000), { maxLength: 20 }),
  sweeperDown: fc.constant({ fromMs: 0, untilMs: 0 }),
});
export const fates = fc.oneof(
  { weight: 4, arbitrary: quietLives },
  { weight: 1, arbitrary: storms },
);

/** More storms, at a rate from the beginning. */
export const limitedFates = fc
  .tuple(fc.oneof(quietLives, storms), fc.constantFrom(0.5, 3, 20))
  .map(([fate, maxPerSecond]): Fate => ({ ...fate, maxPerSecond }));
