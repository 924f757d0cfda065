import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { CacheName } from "../../shared/contract/values/names.ts";
import { keys } from "../../shared/store/keys.ts";

/** Names that look like each other's beginnings and ends, and like parts of keys. */
const parts = fc.constantFrom(
  ..."ab#:|&+-_. 0",
  ...[
    "webhook",
    "count",
    "flags",
    "topic",
    "cache",
    "id",
    "claim",
    "data-key",
    "💳",
    "ä",
    "a\u0308",
  ],
);
const name = fc
  .oneof(
    fc.array(parts, { minLength: 1, maxLength: 4 }).map((texts) => texts.join("")),
    fc.string({ unit: "binary", minLength: 1, maxLength: 6 }),
    fc.string({ unit: "binary", minLength: 128, maxLength: 128 }),
  )
  .filter(isName);

const id = fc.constantFrom("01JDB2Q5V8K3M4N6P7R8S9TAVW", "01JDB2Q5V8K3M4N6P7R8S9TAVX");
const small = fc.nat({ max: 12 });

/** A key together with what it was made of. */
function made<Parts extends unknown[]>(
  kind: string,
  inputs: fc.Arbitrary<Parts>,
  make: (...parts: Parts) => { pk: string; sk: string },
) {
  return inputs.map((given) => ({ from: JSON.stringify([kind, ...given]), key: make(...given) }));
}

const hourMs = small.map((hour) => hour * 3_600_000);
const tables = {
  webhooks: fc.oneof(
    made("webhook", fc.tuple(name, name), keys.webhook),
    made("webhookCount", fc.tuple(name), keys.webhookCount),
    made("webhookId", fc.tuple(id), keys.webhookId),
    made("subscription", fc.tuple(name, name, name), keys.subscription),
    made("topicFlags", fc.tuple(name, name), keys.topicFlags),
    made("cacheMark", fc.tuple(name), keys.cacheMark),
    made("slowCount", fc.tuple(name, small), keys.slowCount),
    made("dataKey", fc.tuple(small), keys.dataKey),
  ),
  messages: fc.oneof(
    made("message", fc.tuple(name, hourMs, small, id), keys.message),
    made("idempotency", fc.tuple(name, name, id), keys.idempotency),
    made("eventBudget", fc.tuple(name, hourMs), keys.eventBudget),
    made("sequence", fc.tuple(name, name), keys.sequence),
    made("publishQuota", fc.tuple(id, small), keys.publishQuota),
    made("testRate", fc.tuple(id), keys.testRate),
  ),
  deliveries: fc.oneof(
    made("delivery", fc.tuple(id, small, id), keys.delivery),
    made("attempt", fc.tuple(id, id, small, small), keys.attempt),
    made("recovery", fc.tuple(id, id), keys.recovery),
    made("suppressedEvents", fc.tuple(small, hourMs, name), keys.suppressedEvents),
    made("recoverySlot", fc.tuple(id), keys.recoverySlot),
    made("cacheRecoveries", fc.tuple(name), keys.cacheRecoveries),
    made("due", fc.tuple(small, small, id), keys.due),
    made("parked", fc.tuple(id, small, small, id), keys.parked),
    made("health", fc.tuple(id), keys.health),
    made("slots", fc.tuple(id), keys.slots),
    made("breaker", fc.tuple(id), keys.breaker),
  ),
};

test.each(Object.entries(tables))("makes different keys of different things: %s", (_, things) => {
  fc.assert(
    fc.property(things, things, (one, other) => {
      const isSameKey = one.key.pk === other.key.pk && one.key.sk === other.key.sk;
      expect(isSameKey).toBe(one.from === other.from);
    }),
    { numRuns: 2_000 },
  );
});

/**
 * Two ways to cut one text into a pair of names, with or without a character left out at the cut: what
 * any separator that names may hold, or none at all, would take for the same pair.
 */
const twoCuts = fc
  .tuple(
    fc.constantFrom(..."+:|&-_. ~\u00a0", "💳"),
    fc.array(fc.boolean(), { minLength: 3, maxLength: 9 }),
    fc.nat(),
    fc.nat(),
    fc.constantFrom(0, 1),
  )
  .map(([separator, shape, one, other, leftOut]) => {
    const pieces = shape.map((isSeparator) => (isSeparator ? separator : "a"));
    return [one, other].map((where) => {
      const at = where % pieces.length;
      return [pieces.slice(0, at).join(""), pieces.slice(at + leftOut).join("")] as const;
    }) as [readonly [string, string], readonly [string, string]]; // `map` forgets that there are two
  })
  .filter(([one, other]) => one[0] !== other[0] && [...one, ...other].every(isName));

test("never takes one cache and topic for others that read the same when joined", () => {
  fc.assert(
    fc.property(twoCuts, ([one, other]) => {
      expect(keys.topicFlags(...one).pk).not.toBe(keys.topicFlags(...other).pk);
      expect(keys.sequence(...one).pk).not.toBe(keys.sequence(...other).pk);
      expect(keys.idempotency(...one, "h").pk).not.toBe(keys.idempotency(...other, "h").pk);
      expect(keys.subscription(...one, "w").pk).not.toBe(keys.subscription(...other, "w").pk);
    }),
    { numRuns: 1_000 },
  );
});

test("fits the longest names into DynamoDB's limits", () => {
  fc.assert(
    fc.property(...([name, name, name] as const), (cache, topic, webhook) => {
      const { pk, sk } = keys.subscription(cache, topic, webhook);
      expect(Buffer.byteLength(pk)).toBeLessThanOrEqual(2048);
      expect(Buffer.byteLength(sk)).toBeLessThanOrEqual(1024);
    }),
  );
});

test("sorts attempts in the order in which they were made", () => {
  const order = fc.tuple(fc.constantFrom(1, 2, 10, 999_999), fc.nat({ max: 999 }));
  fc.assert(
    fc.property(order, order, ([generation, attempt], [otherGeneration, otherAttempt]) => {
      const before = generation - otherGeneration || attempt - otherAttempt;
      const one = keys.attempt("w", "m", generation, attempt).sk;
      const other = keys.attempt("w", "m", otherGeneration, otherAttempt).sk;
      expect(Math.sign(before)).toBe(one === other ? 0 : one < other ? -1 : 1);
    }),
  );
});

test("sorts what is due by its time, so that a sweep sees all of it and nothing early", () => {
  const time = fc.nat({ max: 9_999_999_999_998 });
  fc.assert(
    fc.property(time, time, id, (dueMs, nowMs, job) => {
      expect(keys.due(0, dueMs, job).sk < keys.upTo(nowMs)).toBe(dueMs <= nowMs);
    }),
  );
});

function isName(text: string): boolean {
  return z.safeParse(CacheName, text).success;
}
