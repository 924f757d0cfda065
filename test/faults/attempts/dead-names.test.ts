import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { publish, putWebhook } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startNameServer } from "../../support/network/name-server.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";

/** Knows the names that begin with `healthy`, and says nothing to whoever asks for others. */
const nameServer = await startNameServer(({ name, type }) => {
  if (!name.startsWith("healthy")) return undefined;
  return type === "A" ? { addresses: ["127.0.0.1"], ttlSeconds: 5 } : {};
});
afterAll(() => nameServer[Symbol.asyncDispose]());
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
const { port } = new URL(receiver.url);

const preload = pathToFileURL(
  join(import.meta.dirname, "../../support/network/ask-name-server.ts"),
);
const run = await startFaultyRun(
  // What fails is not tried again while the test lasts.
  { retryScheduleSeconds: [600] },
  { NODE_OPTIONS: `--import=${preload}`, NAME_SERVER: nameServer.address },
);
const healths = openHealthStore();
const rounds = 8;

test("[row: names nobody answers for] eight of them delay no healthy receiver, and the log blames them alone", async () => {
  const dead = await webhooksAt(8, "dead", (n) => `dead-${n}.test`);
  const healthy = await webhooksAt(6, "healthy", (n) =>
    n % 2 ? "localhost" : `healthy-${n}.test`,
  );
  const toDead = await publishTo(dead);
  const toHealthy = await publishTo(healthy);

  await eventually(() =>
    healthy.every(({ path }) => new Set(postsTo(receiver, path)).size === rounds),
  );
  for (const { webhookId, messageId } of toHealthy) {
    const head = await eventually(() => run.operator.headOf(webhookId, messageId));
    expect(head).toMatchObject({ status: "delivered", attemptCount: 1 });
  }
  for (const { webhookId } of healthy) {
    expect((await healths.find(webhookId))?.failures ?? 0).toBe(0);
  }
  for (const { webhookId, messageId } of toDead) {
    const head = await eventually(() => run.operator.headOf(webhookId, messageId));
    const firstAttempt = { error: "DNS: no answer within 5 s", statusCode: null };
    expect(head).toMatchObject({ status: "retrying", firstAttempt });
  }
  expect(await run.failuresOf("deliver")).toBe(0);
});

/** Webhooks of a cache each. */
async function webhooksAt(count: number, kind: string, hostOf: (n: number) => string) {
  const puts = Array.from({ length: count }, async (_, n) => {
    const path = `/${kind}-${n}`;
    const postUrl = `http://${hostOf(n)}:${port}${path}`;
    const names = { cacheName: `${kind}-${n}`, webhookName: "w", topicName: "t" };
    const { webhookId } = await putWebhook(run.call, { ...names, postUrl });
    return { cacheName: names.cacheName, path, webhookId };
  });
  return await Promise.all(puts);
}

async function publishTo(webhooks: Awaited<ReturnType<typeof webhooksAt>>) {
  const publishing = Array.from({ length: rounds }, (_, round) =>
    webhooks.map(async ({ cacheName, webhookId }) => {
      return { webhookId, messageId: await publish(run.call, cacheName, "t", { round }) };
    }),
  );
  return await Promise.all(publishing.flat());
}
