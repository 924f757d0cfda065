import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { CacheName } from "../../shared/contract/names.ts";
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
  .filter((text) => z.safeParse(CacheName, text).success);

const id = fc.constantFrom("01JDB2Q5V8K3M4N6P7R8S9TAVW", "01JDB2Q5V8K3M4N6P7R8S9TAVX");
const small = fc.nat({ max: 12 });

/** A key together with what it was made of. */
function made<Parts extends unknown[]>(
  kind: keyof typeof keys,
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
    made("dataKey", fc.tuple(small), keys.dataKey),
  ),
  messages: fc.oneof(
    made("message", fc.tuple(name, hourMs, small, id), keys.message),
    made("idempotency", fc.tuple(name, name, id), keys.idempotency),
    made("sequence", fc.tuple(name, name), keys.sequence),
  ),
  deliveries: fc.oneof(
    made("delivery", fc.tuple(id, small, id), keys.delivery),
    made("attempt", fc.tuple(id, id, small, small), keys.attempt),
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

test("keeps the rows of different caches in different partitions", () => {
  fc.assert(
    fc.property(name, name, name, name, (cache, topic, otherCache, otherTopic) => {
      fc.pre(cache !== otherCache || topic !== otherTopic);
      expect(keys.topicFlags(cache, topic).pk).not.toBe(keys.topicFlags(otherCache, otherTopic).pk);
    }),
    { numRuns: 2_000 },
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
  const order = fc.tuple(fc.nat({ max: 999_999 }), fc.nat({ max: 999 }));
  fc.assert(
    fc.property(order, order, ([generation, attempt], [otherGeneration, otherAttempt]) => {
      const before = generation - otherGeneration || attempt - otherAttempt;
      const one = keys.attempt("w", "m", generation, attempt).sk;
      const other = keys.attempt("w", "m", otherGeneration, otherAttempt).sk;
      expect(Math.sign(before)).toBe(one === other ? 0 : one < other ? -1 : 1);
    }),
  );
});
