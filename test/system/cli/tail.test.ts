import { expect, test } from "vitest";
import { publish, subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { startFile } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { startLocalRun } from "../../support/service/local-run.ts";

test("tail prints each attempt of a webhook as it is made, until Ctrl-C", async () => {
  await using run = await startLocalRun();
  const attempted = new Set<string>();
  await using receiver = await startReceiver({
    handler({ path }) {
      if (attempted.has(path)) return { status: 200 };
      attempted.add(path);
      return { status: 500, body: "out of order" };
    },
  });
  const call = api(run.url, run.key);
  const topicName = "paid";
  const watched = { cacheName: "c", webhookName: "watched", topicName };
  const { webhookId } = await subscribe(call, receiver, watched);
  await subscribe(call, receiver, { cacheName: "c", webhookName: "other", topicName });

  const startTail = (...args: string[]) =>
    startFile("ops/tail.ts", ["--webhook", webhookId, ...args], { HOOKCAST_DATA_DIR: run.dataDir });
  await using tail = startTail("--json");
  await eventually(() => tail.stderr() === "following watched of the cache c\n");
  const lines = () => tail.stdout().split("\n").slice(0, -1);

  const messageId = await publish(call, "c", topicName, { secretly: 12 });
  await eventually(() => lines().length === 2, { timeoutMs: 60_000 });
  expect(lines().map((line) => JSON.parse(line))).toMatchObject([
    { messageId, topicName, status: "retrying", attempt: 1, statusCode: 500, error: "HTTP 500" },
    { messageId, topicName, status: "delivered", attempt: 2, statusCode: 200, error: null },
  ]);
  expect(tail.stdout()).not.toMatch(/secretly|out of order/);
  expect(await tail.end("SIGINT")).toBe(0);

  await using again = startTail("--since", "1h", "--status", "retrying", "--body");
  await eventually(() => again.stdout().endsWith("\n"));
  expect(again.stdout()).toMatch(
    / {2}retrying {2}attempt 1 {2}500 {2}\d+ ms {2}HTTP 500 {2}"out of/,
  );
  expect(again.stdout().split("\n")).toHaveLength(2);
  expect(await again.end("SIGTERM")).toBe(0);
});

test("tail says that there is no such webhook", async () => {
  await using run = await startLocalRun();
  const unknown = `whk_${"0".repeat(26)}`;
  const env = { HOOKCAST_DATA_DIR: run.dataDir };
  await using tail = startFile("ops/tail.ts", ["--webhook", unknown], env);
  expect(await tail.exited).toBe(1);
  expect(tail.stderr()).toBe(`there is no webhook ${unknown}\n`);
});
