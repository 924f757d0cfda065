import { afterAll, expect, test } from "vitest";
import { subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { recovered, startRecovery } from "../../support/recoveries.ts";
import { seedFailures } from "../../support/seeded-log.ts";
import { insteadOf, passing } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";

const run = await startFaultyRun({ recoverRate: 500 });
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const count = 10_000;
const publishedTimeMs = Date.now() - 3_600_000;

test("[row: recovery dies] in the middle of 10,000 failed deliveries: each is posted once", {
  timeout: 600_000,
}, async () => {
  const subscription = { cacheName: "thousands", webhookName: "w", topicName: "t" };
  const { webhookId, path } = await subscribe(run.call, receiver, subscription);
  const seeding = { cacheName: "thousands", webhookId, count, publishedTimeMs };
  const messageIds = await seedFailures(seeding);

  const sends = { by: "recover", action: "SendMessageBatch", about: "DeliveryQueue" };
  using death = run.inject(
    { ...sends, after: 520, times: 1 },
    insteadOf(() => run.kill("recover")),
  );
  using sent = run.inject(sends, passing);
  const startedMs = performance.now();
  const jobId = await startRecovery(run.call, webhookId);
  const told = await recovered(run.call, webhookId, jobId, 300_000);
  const recoveredMs = performance.now() - startedMs;
  await eventually(() => new Set(postsTo(receiver, path)).size === count, { timeoutMs: 300_000 });
  await eventually(run.operator.isQuiet, { timeoutMs: 60_000 });

  const posts = postsTo(receiver, path);
  console.log(
    `${count} failed, 1 kill: matched ${told.matched}, enqueued ${told.enqueued}, ` +
      `${sent.struck.length} sends, ${posts.length} posts, ${posts.length - new Set(posts).size} twice; ` +
      `recovered in ${Math.round(recoveredMs / 1000)} s, posted in ${Math.round((performance.now() - startedMs) / 1000)} s`,
  );
  expect(death.struck).toHaveLength(1);
  expect(told).toMatchObject({ state: "completed", matched: count, enqueued: count });
  expect(posts.sort()).toEqual(messageIds);
});
