import fc from "fast-check";
import { expect, test } from "vitest";
import { ingestMessageId } from "../../../shared/domain/messages/ingest-identity.ts";
import type { Mishap } from "../../support/faulty-platform.ts";
import { OutboxWorld, startMs } from "../../support/outbox-world.ts";
import { catchOutput } from "../../unit/output.ts";

catchOutput();

const to = { cacheName: "orders", topicName: "paid" };

const fields = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue().map((value) => ({ value: JSON.stringify(value) })) },
  { weight: 1, arbitrary: fc.constantFrom({ text: "größe" }, { value: "1", hops: 1 }) },
  { weight: 1, arbitrary: fc.constantFrom({}, { value: "{" }, { value: "1", hops: 5 }) },
);

const mishap = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Mishap>("none") },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Mishap>("unavailable", "refused", "dies-before", "dies-after"),
  },
);

/** What becomes of a minute: rows that are written in it, and whether the stream and the rule work. */
const minute = fc.record({
  rows: fc.array(fields, { maxLength: 4 }),
  isMapped: fc.boolean(),
  isScheduled: fc.boolean(),
});

test("a row is at any time sent as its message, refused with a reason, or still waiting in the table", async () => {
  let [deaths, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(minute, { minLength: 1, maxLength: 12 }),
      fc.array(mishap, { maxLength: 80 }),
      async (minutes, mishaps) => {
        const world = new OutboxWorld();
        await world.subscribe("orders", "paid");
        const left = [...mishaps];
        world.mishap = () => left.shift() ?? "none";
        const messageIds = new Map<string, string>();
        const check = () => {
          const sent = new Set(world.sent());
          const reasons = world.outbox.reasons();
          for (const [id, messageId] of messageIds) {
            const isThere = Object.hasOwn(reasons, id);
            expect(isThere || sent.has(messageId)).toBe(true);
            if (reasons[id] !== undefined) expect(sent.has(messageId)).toBe(false);
          }
          expect([...messageIds.values()]).toEqual(expect.arrayContaining([...sent]));
        };
        const writeAll = (rows: readonly object[]) => {
          for (const row of rows) {
            const id = `row-${messageIds.size}`;
            messageIds.set(id, messageIdOf(id, world.nowMs));
            world.write({ id, ...to, ...row });
          }
        };
        for (const { rows, isMapped, isScheduled } of minutes) {
          Object.assign(world, { isMapped, isScheduled });
          writeAll(rows);
          await world.minute();
          check();
        }
        Object.assign(world, { isMapped: true, isScheduled: true, mishap: () => "none" });
        for (let n = 0; n < 10; n += 1) await world.minute();
        check();
        const kept = Object.values(world.outbox.reasons());
        for (const reason of kept) expect(reason).toMatch(/^[A-Z_]+: ./);
        for (const rows of world.written.values()) expect(new Set(rows).size).toBe(1);
        deaths += world.deaths;
        refused += kept.length;
      },
    ),
    { numRuns: 200 },
  );
  expect(deaths).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(10);
});

function messageIdOf(id: string, writtenMs: number): string {
  expect(writtenMs).toBeGreaterThanOrEqual(startMs);
  const identity = { queueArn: "outbox", sqsMessageId: id, sentTimeMs: writtenMs };
  return ingestMessageId(identity, new Date(writtenMs).toISOString());
}
