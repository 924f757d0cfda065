import fc from "fast-check";
import { expect, test } from "vitest";
import { ingestMessageId } from "../../../shared/domain/messages/ingest-identity.ts";
import type { Mishap } from "../../support/faulty-platform.ts";
import { arnOf, IngestWorld, reasonOf, type Waiting } from "../../support/ingest-world.ts";
import { catchOutput } from "../../unit/output.ts";

catchOutput();

const to = { cacheName: "orders", topicName: "paid" };

const goodEntry = fc.oneof(
  fc.record({ value: fc.jsonValue() }),
  fc.record({ text: fc.constantFrom("", "größe") }),
  fc.record({ value: fc.nat(2), idempotencyKey: fc.constantFrom("a", "b") }),
);
const entry = fc.oneof(
  { weight: 3, arbitrary: goodEntry.map((value): unknown => ({ ...to, ...value })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      { ...to, value: 1, event: "?" },
      { ...to, topicName: "$hookcast", value: 1 },
      { ...to, value: 1, hops: 5 },
      { ...to, text: "x".repeat(262_145) },
      null,
    ),
  },
);
const body = fc.oneof(
  entry.map((one) => JSON.stringify(one)),
  fc.array(entry, { maxLength: 5 }).map((some) => JSON.stringify(some)),
  fc.constant("no JSON"),
);

const mishap = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Mishap>("none") },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Mishap>("unavailable", "refused", "dies-before", "dies-after"),
  },
);

interface Sent {
  /** As the dead-letter queue knows it. */
  readonly place: string;
  readonly messageId: string;
  readonly text: string;
  readonly isKeyed: boolean;
}

/** Each entry of a body; a body that is refused as a whole is one. */
function entriesOf({ sqsMessageId, sentTimeMs, body }: Waiting): Sent[] {
  const identity = { queueArn: arnOf("ingest"), sqsMessageId, sentTimeMs };
  const parsed: unknown = body === "no JSON" ? body : JSON.parse(body);
  const entries: unknown[] = Array.isArray(parsed) && parsed.length > 0 ? parsed : [parsed];
  return entries.map((entry, index) => ({
    place: `${sqsMessageId}/${index}`,
    messageId: ingestMessageId(identity, String(index)),
    text: JSON.stringify(entry),
    isKeyed: Object(entry).idempotencyKey !== undefined,
  }));
}

/** How many dead letters there are of each body, by the id that SQS gave it and the entry's place. */
function deadPlaces(world: IngestWorld): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of world.deadLetters) {
    expect(reasonOf(letter)).toMatch(/^[A-Z_]+: ./);
    const [, sqsMessageId, place] = Object.values(letter.attributes).join(".").split(".").slice(-4);
    const key = `${sqsMessageId}/${place}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

test("every body is at any time accepted, in the dead-letter queue with a reason, or still in its queue", async () => {
  let [deaths, comebacks] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(body, { minLength: 1, maxLength: 12 }),
      fc.array(mishap, { maxLength: 60 }),
      async (bodies, mishaps) => {
        const world = new IngestWorld();
        await world.subscribe("orders", "paid");
        const sent = bodies.map((text) => world.send(text));
        const all = sent.flatMap(entriesOf);
        const left = [...mishaps];
        world.mishap = () => left.shift() ?? "none";
        for (let round = 0; world.waiting.length > 0; round += 1) {
          expect(round).toBeLessThan(100);
          const { died, handedBack } = await world.receive();
          deaths += died ? 1 : 0;
          comebacks += handedBack;
          const dead = deadPlaces(world);
          for (const one of sent.filter((each) => !world.waiting.includes(each))) {
            for (const entry of entriesOf(one)) {
              const isDead = dead.has(entry.place);
              // One that asks again with a key is accepted as the message that the key stands for.
              const same = entry.isKeyed ? all.filter(({ text }) => text === entry.text) : [entry];
              const isAccepted = same.some(
                ({ messageId }) => world.written.has(messageId) && isSent(world, messageId),
              );
              expect([isDead, isAccepted]).toContain(true);
              if (!entry.isKeyed) expect(isDead).not.toBe(isAccepted);
            }
          }
        }
        for (const rows of world.written.values()) expect(new Set(rows).size).toBe(1);
        const known = new Set(all.map(({ messageId }) => messageId));
        for (const id of world.written.keys()) expect(known).toContain(id);
      },
    ),
    { numRuns: 300 },
  );
  expect(deaths).toBeGreaterThan(10);
  expect(comebacks).toBeGreaterThan(10);
});

function isSent({ jobs }: IngestWorld, messageId: string): boolean {
  return jobs.some(({ message }) => message.messageId === messageId);
}
