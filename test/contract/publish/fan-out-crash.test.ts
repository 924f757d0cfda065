import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { api } from "../../support/service/api.ts";
import { startLocalRun } from "../../support/service/local-run.ts";
import { reached, seedWebhooks } from "./crowd.ts";

async function folderThatOutlivesARun(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-fan-out-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether a fan-out job is still to be done, as the killed run's own file says. */
function jobsLeft(dataDir: string): number {
  using database = new DatabaseSync(join(dataDir, "sqs.sqlite"));
  const count = "SELECT count(*) AS jobs FROM message WHERE queue LIKE '%FanOut%'";
  return Number(database.prepare(count).get()?.jobs);
}

const subscribers = 3_000;

test("a fan-out that kill -9 cuts off in the middle goes on under the same messageId", {
  timeout: 300_000,
}, async () => {
  const dataDir = await folderThatOutlivesARun();
  // The first ten do not need the job; one more shows that it has begun.
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  await using receiver = await startReceiver({
    handler: () => {
      if (receiver.deliveries.length > 10) begin();
      return { status: 200 };
    },
  });
  await using doomed = await startLocalRun({ dataDir });
  const topic = await seedWebhooks(doomed, receiver, subscribers);
  const messageId = await publish(api(doomed.url, doomed.key), ...topic, { a: 1 });
  await begun;
  await doomed.kill();
  expect(jobsLeft(dataDir), "the fan-out was over before the crash").toBeGreaterThan(0);

  await using _revived = await startLocalRun({ dataDir });
  await eventually(() => reached(receiver, messageId) === subscribers, { timeoutMs: 180_000 });
  expect(new Set(receiver.deliveries.map((delivery) => delivery.messageId)).size).toBe(1);
});
