import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../../client/create-client.ts";
import { connect } from "../../ops/connect.ts";
import { describeRun } from "../contract/document/service-description.ts";
import { type Operator, openOperator } from "../faults/run/operator.ts";
import { postsTo } from "../faults/run/posts.ts";
import { shortenWaits } from "../faults/run/short-waits.ts";
import { subscribe } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { recovered, startRecovery } from "../support/recoveries.ts";
import { seedFailures } from "../support/seeded-log.ts";
import { api } from "../support/service/api.ts";
import { editedAssembly } from "../support/service/edited-assembly.ts";
import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";

const count = 1_000;
const publishedTimeMs = Date.now() - 3_600_000;

test("kill -9 in the middle of a recovery: it goes on, and posts nothing twice that it knows of", {
  timeout: 240_000,
}, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "hookcast-recovery-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const template = await editedAssembly((resources) =>
    shortenWaits(resources, { visibilitySeconds: 10, recoverRate: 40 }),
  );
  await using receiver = await startReceiver();

  await using doomed = await startLocalRun({ dataDir, template });
  await pointStoresAt(doomed);
  const subscription = { cacheName: "crash", webhookName: "w", topicName: "t" };
  const call = api(doomed.url, doomed.key);
  const { webhookId, path } = await subscribe(call, receiver, subscription);
  const seeding = { cacheName: "crash", webhookId, count, publishedTimeMs };
  const messageIds = await seedFailures(seeding);
  const jobId = await startRecovery(call, webhookId);
  const posted = (share: number) =>
    eventually(() => postsTo(receiver, path).length >= count * share, { timeoutMs: 60_000 });
  await posted(0.4);
  const known = await deliveredTo(webhookId, doomed);
  await posted(0.5);
  await doomed.kill();

  await using revived = await startLocalRun({ dataDir, template });
  const operator = await openOperator((await describeRun(revived)).operatorEnv ?? {});
  await expireLeases(operator, webhookId, messageIds);
  const told = await recovered(api(revived.url, revived.key), webhookId, jobId, 120_000);
  await eventually(() => new Set(postsTo(receiver, path)).size === count, { timeoutMs: 60_000 });
  await eventually(operator.isQuiet);

  const posts = postsTo(receiver, path);
  const knownTwice = known.filter((id) => posts.filter((post) => post === id).length > 1);
  console.log(
    `${count} failed, kill -9: matched ${told.matched}, enqueued ${told.enqueued}; ` +
      `${known.length} known at the kill, ${knownTwice.length} of them posted twice; ` +
      `${posts.length - count} posts were under way and made again`,
  );
  expect(told).toMatchObject({ state: "completed", matched: count, enqueued: count });
  expect([...new Set(posts)].sort()).toEqual(messageIds);
  expect(known.length).toBeGreaterThan(0);
  expect(knownTwice).toEqual([]);
});

async function pointStoresAt(run: LocalRun): Promise<void> {
  Object.assign(process.env, (await describeRun(run)).operatorEnv);
  connect();
}

/** The messages whose delivery is recorded. */
async function deliveredTo(webhookId: string, run: LocalRun): Promise<string[]> {
  const delivered = createClient(run).listDeliveries({ webhookId, status: "delivered" });
  return await Array.fromAsync(delivered, ({ messageId }) => messageId);
}

/** Lets the time pass for which attempts that were cut off hold their deliveries. */
async function expireLeases(
  operator: Operator,
  webhookId: string,
  messageIds: readonly string[],
): Promise<void> {
  for (const messageId of messageIds) {
    const head = await operator.headOf(webhookId, messageId);
    if ((head?.leaseUntilMs ?? 0) > Date.now() && head?.status !== "delivered") {
      await operator.expireLease(webhookId, messageId);
    }
  }
}
