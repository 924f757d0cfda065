import { expect, test } from "vitest";
import { ingestAttributes } from "../../../../shared/contract/ingest.ts";
import { sealIdentity } from "../../../../shared/domain/messages/ingest-identity.ts";
import { openSuspensionStore } from "../../../../shared/store/health/cache-state.ts";
import { arnOf, IngestWorld, reasonOf, startMs } from "../../../support/ingest-world.ts";
import { catchOutput } from "../../output.ts";

const output = catchOutput();
const to = { cacheName: "orders", topicName: "paid" };
const good = { ...to, value: { total: 12 } };
const bad = { ...to, value: 1, event: "?" };

async function worldWith(...args: ConstructorParameters<typeof IngestWorld>) {
  const world = new IngestWorld(...args);
  await world.subscribe("orders", "paid");
  return world;
}

test("a body becomes a message that is stored and sent on its way, and leaves the queue", async () => {
  const world = await worldWith();
  world.send(good);
  expect(await world.receive()).toEqual({ died: false, handedBack: 0 });
  expect(world.waiting).toEqual([]);
  expect(world.jobs).toMatchObject([
    { message: { ...to, keyId: "ingest" }, payload: { kind: "json", text: '{"total":12}' } },
  ]);
  const [messageId = ""] = world.written.keys();
  expect(world.jobs[0]?.message.messageId).toBe(messageId);
});

test("a second receive makes the same message with the same row", async () => {
  const world = await worldWith();
  const sent = world.send([good, { ...good, value: 2 }]);
  await world.receive();
  world.waiting.push(sent);
  world.nowMs += 90_000;
  await world.receive();
  const ids = world.jobs.map(({ message }) => message.messageId);
  expect(new Set(ids).size).toBe(2);
  expect(ids).toHaveLength(4);
  for (const rows of world.written.values()) expect(new Set(rows).size).toBe(1);
  for (const { message } of world.jobs) expect(message.publishedTimeMs).toBe(startMs);
});

test("with an idempotency key the second receive sends nothing, and another body under it is refused", async () => {
  const world = await worldWith();
  const sent = world.send({ ...good, idempotencyKey: "k" });
  await world.receive();
  world.waiting.push(sent);
  await world.receive();
  world.send({ ...good, idempotencyKey: "k" });
  await world.receive();
  expect(world.jobs).toHaveLength(1);
  world.send({ ...good, value: 2, idempotencyKey: "k" });
  await world.receive();
  expect(world.deadLetters.map(reasonOf)).toEqual([
    expect.stringMatching(/^ALREADY_EXISTS_ERROR: /),
  ]);
});

test("of an array only the bad entries go to the dead-letter queue, each alone, with its reason", async () => {
  const world = await worldWith();
  world.send([good, bad, good, "x"]);
  expect(await world.receive()).toMatchObject({ handedBack: 0 });
  expect(world.jobs).toHaveLength(2);
  expect(world.deadLetters.map(({ body }) => JSON.parse(body))).toEqual([bad, "x"]);
  expect(world.deadLetters.map(reasonOf)).toEqual([
    expect.stringMatching(/^INVALID_ARGUMENT_ERROR: .*event must be/),
    expect.stringMatching(/^INVALID_ARGUMENT_ERROR: .*body must be an object/),
  ]);
});

test("a refusal is a log line with the id that SQS gave the body, a count, and nothing of its value", async () => {
  const world = await worldWith();
  const { sqsMessageId } = world.send({ ...to, event: "?", value: "confidential" });
  await world.receive();
  const lines = output.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toContainEqual({
    level: "error",
    event: "ingest.refused",
    source: "ingest",
    sqsMessageId,
    place: "0",
    code: "INVALID_ARGUMENT_ERROR",
  });
  expect(output.text).not.toContain("confidential");
});

test("a body that comes back from the dead-letter queue keeps the identity that it had", async () => {
  const world = await worldWith();
  world.send([good, bad]);
  await world.receive();
  const [dead] = world.deadLetters;
  if (!dead) throw new Error("nothing was refused");
  world.nowMs += 3_600_000;
  // Repaired, and sent by whoever repaired it.
  world.send({ ...bad, event: "order.paid" }, dead);
  await world.receive();
  world.waiting.push(world.send({ ...bad, event: "order.paid" }, dead));
  await world.receive();
  const [first, second, third] = world.jobs.map(({ message }) => message);
  expect(second?.publishedTimeMs).toBe(first?.publishedTimeMs);
  expect(second?.messageId).not.toBe(first?.messageId);
  expect(third?.messageId).toBe(second?.messageId);
});

test.each([
  ["made up", "1706138428000.abc.0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
  [
    "sealed with another key",
    sealIdentity(
      { queueArn: arnOf("ingest"), sqsMessageId: "abc", sentTimeMs: startMs },
      new Uint8Array(32),
    ),
  ],
  ["no seal", "?"],
])("an identity that is %s is ignored", async (_case, identity) => {
  const plain = await worldWith();
  plain.send(good);
  await plain.receive();
  const world = await worldWith();
  world.send(good, { attributes: { [ingestAttributes.identity]: identity } });
  await world.receive();
  expect([...world.written.keys()]).toEqual([...plain.written.keys()]);
});

test("an identity that is too old to be delivered under is not taken up", async () => {
  const world = await worldWith();
  world.send(bad);
  await world.receive();
  world.nowMs += 6 * 86_400_000;
  world.send(good, world.deadLetters[0]);
  await world.receive();
  expect(world.jobs.map(({ message }) => message.publishedTimeMs)).toEqual([world.nowMs]);
});

test("what stores do not take comes back, alone and sooner than its queue would show it", async () => {
  const world = await worldWith();
  world.send(good);
  world.send("no JSON");
  world.mishap = () => "unavailable";
  expect(await world.receive()).toEqual({ died: false, handedBack: 2 });
  expect(world.deadLetters).toEqual([]);
  expect(world.shownAgain).toEqual([5, 5]);
  world.mishap = () => "none";
  expect(await world.receive()).toEqual({ died: false, handedBack: 0 });
  expect(world.jobs).toHaveLength(1);
  expect(world.deadLetters.map(({ body }) => body)).toEqual(["no JSON"]);
});

test("bad entries stay with a body that comes back, so that each is refused once", async () => {
  const world = await worldWith();
  world.send([good, bad]);
  world.mishap = () => "refused";
  expect(await world.receive()).toMatchObject({ handedBack: 1 });
  expect(world.deadLetters).toEqual([]);
  world.mishap = () => "none";
  await world.receive();
  expect(world.deadLetters).toHaveLength(1);
});

test("what is not accepted for days goes with a reason, before SQS would move it without one", async () => {
  const world = await worldWith([{ queue: "ingest", name: "orders", maxPerMinute: 0 }]);
  const sent = world.send(good);
  sent.receiveCount = 898;
  expect(await world.receive()).toMatchObject({ handedBack: 1 });
  expect(await world.receive()).toMatchObject({ handedBack: 0 });
  expect(world.deadLetters.map(reasonOf)).toEqual([
    expect.stringMatching(/^LIMIT_EXCEEDED_ERROR: .*0 messages a minute/),
  ]);
});

test("a source that has used up its minute waits, and holds up no other", async () => {
  const world = await worldWith([
    { queue: "busy", name: "busy", caches: ["orders"], maxPerMinute: 2 },
    { queue: "quiet", name: "quiet", caches: ["orders"] },
  ]);
  for (let n = 0; n < 3; n += 1) world.send({ ...good, topicName: `t${n}` }, { queue: "busy" });
  world.send(good, { queue: "quiet" });
  expect(await world.receive()).toMatchObject({ handedBack: 1 });
  expect(world.waiting.map(({ queue }) => queue)).toEqual(["busy"]);
  world.nowMs += 60_000;
  expect(await world.receive()).toMatchObject({ handedBack: 0 });
});

test("a body of a queue that is none of the sources comes back", async () => {
  const world = await worldWith();
  world.send(good, { queue: "another" });
  expect(await world.receive()).toMatchObject({ handedBack: 1 });
});

test("what is published to a stopped cache is refused with that reason", async () => {
  const world = await worldWith();
  await openSuspensionStore(world.database, () => startMs).suspend("orders");
  world.send(good);
  await world.receive();
  expect(world.deadLetters.map(reasonOf)).toEqual([
    "FAILED_PRECONDITION_ERROR: the cache orders is suspended",
  ]);
});
