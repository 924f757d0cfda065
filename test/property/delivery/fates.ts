import fc from "fast-check";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export type Reply = "well" | "error" | "hang" | "abort";

/** Everything that a life depends on. */
export interface Fate {
  readonly seed: number;
  /** When each message is published, by webhook name. */
  readonly messages: readonly { readonly name: string; readonly atMs: number }[];
  /** How the receivers answer, each for `replyMs`; the last for good. */
  readonly replies: readonly Reply[];
  readonly replyMs: number;
  readonly commands: readonly Command[];
  /** Which of the calls of all functions are the last ones of their function. */
  readonly crashes: readonly number[];
  /** Which of the records handed out are handed out twice. */
  readonly duplicates: readonly number[];
  readonly sweeperDown: { readonly fromMs: number; readonly untilMs: number };
}

export interface Command {
  readonly kind: "delete" | "putAgain" | "deactivate" | "activate" | "replay" | "recover";
  readonly name: string;
  readonly atMs: number;
}

const names = fc.constantFrom("red", "blue");
/** Mostly within minutes, so that breakers open; some hours later. */
const times = fc.oneof(
  { weight: 3, arbitrary: fc.nat(3 * minuteMs) },
  { weight: 2, arbitrary: fc.nat(hourMs) },
  { weight: 1, arbitrary: fc.nat(6 * hourMs) },
);
const commands: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom("delete", "putAgain", "deactivate", "activate", "replay", "recover"),
  name: names,
  atMs: times,
});
/** Two webhooks with little to do, and their owner's commands. */
const quietLives: fc.Arbitrary<Fate> = fc.record({
  seed: fc.nat(10_000),
  messages: fc.array(fc.record({ name: names, atMs: times }), { minLength: 1, maxLength: 60 }),
  replies: fc.array(fc.constantFrom("well", "error", "hang", "abort"), {
    minLength: 1,
    maxLength: 30,
  }),
  replyMs: fc.constant(5 * minuteMs),
  commands: fc.array(commands, { maxLength: 5 }),
  crashes: fc.uniqueArray(fc.nat(600), { maxLength: 12 }),
  duplicates: fc.uniqueArray(fc.nat(200), { maxLength: 20 }),
  sweeperDown: fc.tuple(fc.nat(4 * hourMs), fc.nat(4 * hourMs)).map(([fromMs, spanMs]) => ({
    fromMs,
    untilMs: fromMs + spanMs,
  })),
});

/** A busy webhook whose receiver comes and goes, so that its breaker opens in the middle of drains. */
const storms: fc.Arbitrary<Fate> = fc.record({
  seed: fc.nat(10_000),
  messages: fc.array(fc.record({ name: fc.constant("red"), atMs: fc.nat(3 * minuteMs) }), {
    minLength: 100,
    maxLength: 200,
  }),
  replies: fc.array(fc.constantFrom("well", "error"), { minLength: 20, maxLength: 80 }),
  replyMs: fc.integer({ min: 5_000, max: 20_000 }),
  commands: fc.array(commands, { maxLength: 2 }),
  crashes: fc.uniqueArray(fc.nat(3_000), { maxLength: 12 }),
  duplicates: fc.uniqueArray(fc.nat(1_000), { maxLength: 20 }),
  sweeperDown: fc.constant({ fromMs: 0, untilMs: 0 }),
});
export const fates = fc.oneof(
  { weight: 4, arbitrary: quietLives },
  { weight: 1, arbitrary: storms },
);
