import { expect, test } from "vitest";
import { idTimeMs } from "../../../../shared/domain/ids.ts";
import { openSuspensionStore } from "../../../../shared/store/health/cache-state.ts";
import type { Row } from "../../../../shared/store/table/rows.ts";
import { minuteMs, OutboxWorld, startMs } from "../../../support/outbox-world.ts";
import { catchOutput } from "../../output.ts";

const output = catchOutput();

const to = { cacheName: "orders", topicName: "paid" };
const hourMs = 60 * minuteMs;

async function worldWith(...rows: (Row & { id: string })[]): Promise<OutboxWorld> {
  const world = new OutboxWorld();
  await world.subscribe("orders", "paid");
  for (const row of rows) world.write(row);
  return world;
}

async function pass(world: OutboxWorld, minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n += 1) await world.minute();
}

test("a row is published with its own time and its value word for word, and then deleted", async () => {
  const world = await worldWith({ id: "a", ...to, value: '{"total":12345678901234567890.10}' });
  await world.minute();
  expect(world.outbox.items.size).toBe(0);
  expect(world.jobs).toMatchObject([
    {
      message: { ...to, keyId: "outbox", publishedTimeMs: startMs },
      payload: { kind: "json", text: '{"total":12345678901234567890.10}' },
    },
  ]);
});

test("a row may hold what a body of an ingest queue may, and bytes as bytes", async () => {
  const world = await worldWith(
    { id: "a", ...to, text: "größe", event: "order.paid", productId: 12345 },
    { id: "b", ...to, binary: new Uint8Array([0, 1, 254, 255]), event: 101 },
    { id: "c", ...to, binary: "AAH+/w==", contentType: "image/png" },
  );
  await world.minute();
  expect(world.outbox.reasons()).toEqual({});
  expect(world.jobs.map(({ payload, message }) => [payload, message.event])).toMatchObject([
    [{ kind: "text", text: "größe" }, "order.paid"],
    [{ base64: "AAH+/w==" }, 101],
    [{ base64: "AAH+/w==" }, null],
  ]);
});

test("with the mapping off for 30 hours, everything arrives once, by the sweep", async () => {
  const world = await worldWith();
  world.isMapped = false;
  for (let hour = 0; hour < 30; hour += 1) {
    for (let n = 0; n < 10; n += 1) world.write({ id: `${hour}-${n}`, ...to, value: `${n}` });
    await pass(world, 60);
  }
  expect(world.jobs).toHaveLength(300);
  world.isMapped = true;
  await pass(world, 10);
  expect(new Set(world.sent()).size).toBe(300);
  expect(world.jobs).toHaveLength(300);
  expect(world.outbox.items.size).toBe(0);
});

test("with the mapping and the sweep off for 30 hours, everything arrives once, with the time at which it was written", async () => {
  const world = await worldWith();
  world.isMapped = false;
  world.isScheduled = false;
  for (let hour = 0; hour < 30; hour += 1) {
    for (let n = 0; n < 50; n += 1) world.write({ id: `${hour}-${n}`, ...to, value: `${hour}` });
    await pass(world, 60);
  }
  expect(world.jobs).toEqual([]);
  world.isMapped = true;
  world.isScheduled = true;
  await pass(world, 10);
  expect(world.jobs).toHaveLength(1_500);
  expect(new Set(world.sent()).size).toBe(1_500);
  expect(world.outbox.items.size).toBe(0);
  for (const { message, payload } of world.jobs) {
    const hour = payload?.kind === "json" ? Number(payload.text) : Number.NaN;
    expect(message.publishedTimeMs).toBe(startMs + hour * hourMs);
  }
});

test("a bell that rings late or twice publishes nothing again", async () => {
  const world = await worldWith({ id: "a", ...to, value: "1" });
  const bell = { Records: [{ dynamodb: { Keys: { id: { S: "a" } } } }] };
  await world.invoke({ Records: [...bell.Records, ...bell.Records] });
  await world.invoke(bell);
  await pass(world, 10);
  expect(world.jobs).toHaveLength(1);
});

test("the sweep leaves to the stream what is not five minutes old", async () => {
  const world = await worldWith({ id: "a", ...to, value: "1" });
  world.isMapped = false;
  await pass(world, 5);
  expect(world.jobs).toEqual([]);
  await world.minute();
  expect(world.jobs).toHaveLength(1);
});

const steps = ["dies-before", "dies-after"] as const;
const calls = Array.from({ length: 8 }, (_, n) => n);

test.each(steps.flatMap((step) => calls.map((call) => [step, call] as const)))(
  "killed so that it %s call %i, a row is still there, and comes as the same message",
  async (step, call) => {
    const world = await worldWith({ id: "a", ...to, value: "1" });
    let made = 0;
    world.mishap = () => {
      made += 1;
      return made === call + 1 ? step : "none";
    };
    await pass(world, 10);
    expect(world.outbox.items.size).toBe(0);
    expect(new Set(world.sent()).size).toBe(1);
    for (const rows of world.written.values()) expect(new Set(rows).size).toBe(1);
    // So that the row above covers every call that there is.
    expect(world.deaths).toBe(made > call ? 1 : 0);
  },
);

test("the calls above are all that a row takes", async () => {
  const world = await worldWith({ id: "a", ...to, value: "1" });
  world.isScheduled = false;
  let made = 0;
  world.mishap = () => {
    made += 1;
    return "none";
  };
  await world.minute();
  expect([world.jobs.length, made <= calls.length]).toEqual([1, true]);
});

test("with an idempotency key, a row that was accepted and not deleted is sent once", async () => {
  const world = await worldWith({ id: "a", ...to, value: "1", idempotencyKey: "k" });
  const { remove } = world.outbox;
  world.outbox.remove = async () => {
    throw new Error("not now");
  };
  await world.readStream();
  world.outbox.remove = remove;
  expect(world.outbox.items.size).toBe(1);
  await pass(world, 10);
  expect(world.jobs).toHaveLength(1);
  expect(world.outbox.items.size).toBe(0);
});

test.each([
  ["a value that is no JSON", { value: "{total}" }, /value must be a text that holds JSON/],
  ["a value that is no text", { value: { total: 12 } }, /value must be a text that holds JSON/],
  [
    "a value that would add members",
    { value: '1,"topicName":"other"' },
    /value must be a text that holds JSON/,
  ],
  ["two values", { value: "1", text: "1" }, /value/],
  ["no value", {}, /value/],
  ["a time without a zone", { value: "1", time: "2024-01-25T12:00:00" }, /time must be a time/],
  ["a time that is a number", { value: "1", time: startMs }, /time must be a time/],
  ["an unknown field", { value: "1", cachename: "orders" }, /cachename/],
  ["a number of 38 digits", { value: "1", event: 12345678901234567890n }, /event/],
  ["the service's own topic", { value: "1", topicName: "$hookcast" }, /topicName/],
  ["an id that is too long", { id: "x".repeat(257), value: "1" }, /id must be at most 256/],
])("a row with %s is kept with its reason, and the others go", async (_case, fields, reason) => {
  const world = await worldWith({ id: "bad", ...to, ...fields }, { id: "good", ...to, value: "1" });
  await pass(world, 10);
  expect(world.jobs).toHaveLength(1);
  const [kept, ...others] = Object.values(world.outbox.reasons());
  expect(others).toEqual([]);
  expect(kept).toMatch(/^INVALID_ARGUMENT_ERROR: /);
  expect(kept).toMatch(reason);
  expect(output.text).toContain("outbox.refused");
  expect(output.text).not.toContain("total");
});

test("all that is wrong with a row is told at once", async () => {
  const world = await worldWith({ id: "bad", topicName: "paid", value: "1", time: "today" });
  await pass(world, 1);
  expect(world.outbox.reasons().bad).toMatch(/time must be .*; cacheName /);
});

test("a row whose numbers cannot be read is refused alone", async () => {
  const world = await worldWith({ id: "good", ...to, value: "1" });
  world.write({ id: "bad", ...to, value: "1" });
  const item = world.outbox.items.get("bad");
  world.outbox.items.set("bad", { ...item, event: { N: "12345678901234567890.5" } });
  await pass(world, 1);
  expect(world.jobs).toHaveLength(1);
  expect(world.outbox.reasons().bad).toMatch(/a number that cannot be read/);
});

test("a row that was repaired is published, and one that was written again is not deleted for the earlier one", async () => {
  const world = await worldWith({ id: "a", ...to, value: "{" });
  await pass(world, 10);
  world.write({ id: "a", ...to, value: "{}" });
  await pass(world, 10);
  expect(world.jobs).toHaveLength(1);
  world.write({ id: "a", ...to, value: "1" });
  const { remove } = world.outbox;
  world.outbox.remove = async (row) => {
    world.outbox.remove = remove;
    world.nowMs += 1;
    world.write({ id: "a", ...to, value: "2" });
    await remove(row);
  };
  await pass(world, 10);
  expect(world.jobs.map(({ payload }) => payload)).toMatchObject([
    { text: "{}" },
    { text: "1" },
    { text: "2" },
  ]);
});

test("refused rows are counted at each sweep, and the oldest that waits is measured", async () => {
  const world = await worldWith({ id: "bad", ...to }, { id: "late", ...to, value: "1" });
  process.env.METRICS_STACK = "Hooks";
  world.isMapped = false;
  world.mishap = () => "unavailable";
  await pass(world, 20);
  world.mishap = () => "none";
  await pass(world, 2);
  const lines = output.text.split("\n").filter((line) => line.includes("OutboxRefused"));
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ OutboxRefused: [1], OutboxOldest: [0] });
  const oldest = lines.map((line) => JSON.parse(line).OutboxOldest?.[0]);
  expect(Math.max(...oldest)).toBe(20 * 60);
  delete process.env.METRICS_STACK;
});

test("a thousand refused rows hold up no others", async () => {
  const world = await worldWith();
  world.isMapped = false;
  for (let n = 0; n < 2_500; n += 1) world.write({ id: `a${n}`, ...to });
  await pass(world, 20);
  world.write({ id: "z", ...to, value: "1" });
  await pass(world, 10);
  expect(world.jobs).toHaveLength(1);
  expect(world.outbox.items.size).toBe(2_500);
});

test("thousands of rows beyond a budget are not read again and again, and hold up no others", async () => {
  const world = await worldWith();
  world.isMapped = false;
  for (let n = 0; n < 2_500; n += 1) world.write({ id: `a${n}`, ...to, value: "1", hops: 1 });
  await pass(world, 10);
  world.write({ id: "z", ...to, topicName: "other", value: "1" });
  let reads = 0;
  const { read } = world.outbox;
  world.outbox.read = (ids) => {
    reads += ids.length;
    return read(ids);
  };
  await pass(world, 10);
  expect(Object.keys(world.outbox.reasons())).not.toContain("z");
  expect(reads).toBeLessThan(10 * 1_200);
});

test("a suspended cache's rows wait with their reason", async () => {
  const world = await worldWith();
  await openSuspensionStore(world.database, () => world.nowMs).suspend("orders");
  world.write({ id: "a", ...to, value: "1" });
  await pass(world, 1);
  expect(world.outbox.reasons().a).toMatch(/suspended/);
});

test.each([
  ["was written six days ago", -6 * 24 * hourMs],
  ["comes from a clock that is a day ahead", 24 * hourMs],
])("a row that %s gets the time at which it was taken up, once", async (_case, aheadMs) => {
  const time = new Date(startMs + aheadMs).toISOString();
  const world = await worldWith({ id: "a", ...to, value: "1", time });
  const { remove } = world.outbox;
  world.outbox.remove = async () => {
    throw new Error("not now");
  };
  await pass(world, 3);
  world.outbox.remove = remove;
  await pass(world, 1);
  expect(world.outbox.items.size).toBe(0);
  const [id = "", ...others] = new Set(world.sent());
  expect(others).toEqual([]);
  expect(idTimeMs(id)).toBe(startMs);
});

test("a row of three days keeps its time", async () => {
  const writtenMs = startMs - 3 * 24 * hourMs;
  const world = await worldWith({
    id: "a",
    ...to,
    value: "1",
    time: new Date(writtenMs).toISOString(),
  });
  await world.minute();
  expect(world.sent().map(idTimeMs)).toEqual([writtenMs]);
});

test("a row that was refused days ago is delivered as of the time at which it is tried again", async () => {
  const time = new Date(startMs - 2 * 24 * hourMs).toISOString();
  const world = await worldWith({ id: "a", ...to, value: "1", time });
  const suspensions = openSuspensionStore(world.database, () => world.nowMs);
  await suspensions.suspend("orders");
  await pass(world, 1);
  expect(world.outbox.reasons().a).toMatch(/suspended/);
  world.nowMs += 10 * 24 * hourMs;
  await suspensions.resume("orders");
  const { hookcastReason, ...item } = world.outbox.items.get("a") ?? {};
  world.outbox.items.set("a", item);
  const retriedMs = world.nowMs;
  await pass(world, 2);
  expect(world.sent().map(idTimeMs)).toEqual([retriedMs]);
});

test.each([{ N: "0" }, { N: "1.5" }, { S: "x" }])(
  "a mark that a writer has made up is replaced: %j",
  async (mark) => {
    const world = await worldWith({ id: "a", ...to, value: "1" });
    world.outbox.items.set("a", { ...world.outbox.items.get("a"), hookcastTimeMs: mark });
    await pass(world, 1);
    expect(world.sent().map(idTimeMs)).toEqual([startMs]);
  },
);

test("what is above a cache's budget for forwarded messages waits in the table", async () => {
  const world = await worldWith();
  for (let n = 0; n < 70; n += 1) world.write({ id: `${n}`, ...to, value: "1", hops: 1 });
  await world.readStream();
  expect(world.jobs).toHaveLength(60);
  await pass(world, 10);
  expect(world.jobs).toHaveLength(70);
  expect(world.outbox.items.size).toBe(0);
});
