/** One suite for the queue in memory that the simulation runs on, and for the one that it stands for. */
import { beforeEach, describe, expect, test } from "vitest";
import { VirtualClock } from "../../ops/simulate/clock.ts";
import { MemoryQueue } from "../../ops/simulate/memory/memory-queue.ts";
import { useSqs } from "./sqs/client.ts";
import { memoryQueue, sqsQueue } from "./sqs/queues.ts";

const sqs = useSqs();

describe.each([
  { name: "SQS", open: () => sqsQueue(sqs) },
  { name: "in memory", open: memoryQueue },
])("a queue: $name", ({ name, open }) => {
  beforeEach(({ skip }) => {
    const isOther = name === "SQS" && process.env.CONFORMANCE_SQS_URL !== undefined;
    skip(isOther, "needs a clock that can be put forward");
  });

  const group = (body: string, name = body) => ({ body, group: name });
  const bodies = (received: readonly { body: string }[]) => received.map(({ body }) => body);

  test("holds a message back for its delay", async () => {
    const queue = await open();
    await queue.send({ body: "later", delaySeconds: 300 }, { body: "now" });
    expect(bodies(await queue.receive(10))).toEqual(["now"]);
    await queue.advance(301);
    expect(bodies(await queue.receive(10))).toContain("later");
  });

  test("hands out at most so many at once, those without a group as they came", async () => {
    const queue = await open();
    await queue.send(...["1", "2", "3", "4"].map((body) => ({ body })));
    expect(bodies(await queue.receive(3))).toEqual(["1", "2", "3"]);
    expect(bodies(await queue.receive(3))).toEqual(["4"]);
  });

  test("hides what was received, and hands it out again unless it was deleted", async () => {
    const queue = await open();
    await queue.send(group("kept"), group("deleted"));
    const first = await queue.receive(10);
    expect(first.map(({ receiveCount }) => receiveCount)).toEqual([1, 1]);
    await first.find(({ body }) => body === "deleted")?.done();
    expect(await queue.receive(10)).toEqual([]);
    await queue.advance(61);
    const [again, ...others] = await queue.receive(10);
    expect(again).toMatchObject({ body: "kept", receiveCount: 2 });
    expect(others).toEqual([]);
  });

  test("shows what was received sooner or later where its receiver says so", async () => {
    const queue = await open();
    await queue.send(group("sooner"), group("later"), group("deleted"));
    const received = await queue.receive(10);
    const of = (name: string) => received.find(({ body }) => body === name);
    await of("sooner")?.hide(5);
    await of("later")?.hide(90);
    await of("deleted")?.hide(5);
    await of("deleted")?.done();
    await queue.advance(6);
    const [sooner] = await queue.receive(10);
    expect(sooner).toMatchObject({ body: "sooner", receiveCount: 2 });
    await sooner?.done();
    await queue.advance(60);
    expect(await queue.receive(10)).toEqual([]);
    await queue.advance(30);
    expect(bodies(await queue.receive(10))).toEqual(["later"]);
  });

  test("gives up what was received as often as it may be", async () => {
    const queue = await open();
    await queue.send({ body: "poison" });
    for (const receiveCount of [1, 2, 3]) {
      expect(await queue.receive(10)).toMatchObject([{ receiveCount }]);
      await queue.advance(61);
    }
    expect(await queue.receive(10)).toEqual([]);
    expect(await queue.dead()).toEqual(["poison"]);
  });

  test("takes turns between groups: the one with the fewest in flight comes first", async () => {
    const queue = await open();
    await queue.send(...Array.from({ length: 8 }, (_, n) => group(`noisy ${n}`, "noisy")));
    expect(bodies(await queue.receive(2))).toEqual(["noisy 0", "noisy 1"]);
    await queue.send(group("quiet"), group("calm"), group("calm again", "calm"));
    expect(bodies(await queue.receive(5))).toEqual([
      "quiet",
      "calm",
      "calm again",
      "noisy 2",
      "noisy 3",
    ]);
  });

  test("gives a group its turn back when its messages are done", async () => {
    const queue = await open();
    await queue.send(group("a 1", "a"), group("b 1", "b"), group("a 2", "a"), group("b 2", "b"));
    const [first] = await queue.receive(1);
    await first?.done();
    expect(bodies(await queue.receive(3))).toEqual(["b 1", "a 2", "b 2"]);
  });
});

test("copies of a message come back each by itself until they are deleted", async () => {
  const clock = new VirtualClock(0);
  const queue = new MemoryQueue(clock, { visibilityMs: 60_000, maxReceiveCount: 3 });
  queue.send({ body: "copied" });
  const [original] = queue.receive(10);
  if (!original) throw new Error("nothing was handed out");
  queue.duplicate(original);
  queue.duplicate(original);
  expect(queue.receive(10)).toHaveLength(2);
  await clock.run(61_000, () => queue.readyCount === 3);
  for (const receipt of queue.receive(10)) queue.delete(receipt);
  expect(queue.depth).toBe(0);
});
