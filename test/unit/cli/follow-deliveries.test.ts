import { expect, test } from "vitest";
import { followDeliveries } from "../../../cli/deliveries/follow-deliveries.ts";
import type { DeliverySummary } from "../../../shared/contract/delivery.ts";

function delivery(messageId: string, status: DeliverySummary["status"], attemptCount = 1) {
  return {
    ...{ messageId, topicName: "t", event: null, status, attemptCount, error: null },
    publishedTime: "2024-01-24T23:20:28Z",
    ...{ lastAttemptTime: "2024-01-24T23:20:28Z", nextAttemptTime: null },
  } satisfies DeliverySummary;
}

/** What is followed through these looks at the log, each newest first; it ends at the last. */
async function follow(looks: DeliverySummary[][], since?: string) {
  const windows: string[] = [];
  const controller = new AbortController();
  const list = async function* (window: { since: string }) {
    windows.push(window.since);
    yield* looks[windows.length - 1] ?? [];
    if (windows.length > looks.length) controller.abort();
  };
  const followed: string[] = [];
  const options = {
    ...{ since, nowMs: () => Date.parse("2024-01-24T12:00:00Z"), pollMs: 0 },
    onBegun: () => followed.push(`begun after ${windows.length} look`),
  };
  for await (const one of followDeliveries(list, { ...options, signal: controller.signal })) {
    followed.push(`${one.messageId} ${one.status} ${one.attemptCount}`);
  }
  return { followed, windows };
}

test("tells what is new and what has changed, oldest first, and nothing twice", async () => {
  const { followed, windows } = await follow([
    [delivery("a", "retrying")],
    [delivery("c", "delivered"), delivery("b", "retrying"), delivery("a", "retrying")],
    [delivery("c", "delivered"), delivery("b", "delivered", 2), delivery("a", "failed", 2)],
  ]);
  expect(followed).toEqual([
    "begun after 1 look",
    ...["b retrying 1", "c delivered 1", "a failed 2", "b delivered 2"],
  ]);
  expect(new Set(windows)).toEqual(new Set(["2024-01-24T11:00:00.000Z"]));
});

test("begins with what there is since a time that is given", async () => {
  const { followed, windows } = await follow([[delivery("a", "failed")]], "2024-01-01T00:00:00Z");
  expect(followed).toEqual(["begun after 1 look", "a failed 1"]);
  expect(windows[0]).toBe("2024-01-01T00:00:00Z");
});

test("fails when the log cannot be read", async () => {
  const list = () => {
    throw new Error("out of reach");
  };
  const onBegun = () => expect.unreachable();
  const options = { since: undefined, nowMs: Date.now, signal: AbortSignal.any([]), onBegun };
  await expect(followDeliveries(list, options).next()).rejects.toThrow("out of reach");
});
