import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { shortenWaits } from "../faults/run/short-waits.ts";
import { publish, webhookPath } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { type Flood, startFlood } from "../support/network/flood.ts";
import { type Receiver, startReceiver } from "../support/network/receiver.ts";
import { api } from "../support/service/api.ts";
import { editedAssembly, type Resources } from "../support/service/edited-assembly.ts";
import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";
import { mixedAssembly } from "../support/service/mixed-assembly.ts";
import { missingVersion, versionAssembly } from "../support/service/version-assembly.ts";

/** The last version before queues were grouped by cache, and messages counted their hops. */
const earlier = "b2dc9dfba32c9af420f137c3e02503c3aebc668f";

/** A killed run leaves leases and messages in flight behind, which come back at their own time. */
function waits(resources: Resources): void {
  shortenWaits(resources, {
    visibilitySeconds: 20,
    maxReceiveCount: 100,
    retryScheduleSeconds: [1, 2, 4, 8, 16],
  });
}

const isDeliver = (logicalId: string) => /^WorkersDeliver/i.test(logicalId);
const isPublish = (logicalId: string) => /^Api(Publish|Authorize)/i.test(logicalId);

interface Stage {
  readonly name: string;
  readonly template: string;
}

async function stagesOf(): Promise<Stage[]> {
  const synthesized = await versionAssembly(earlier, onTestFinished);
  const old = await editedAssembly(waits, undefined, synthesized);
  const now = await editedAssembly(waits);
  return [
    { name: "the earlier version", template: old },
    {
      name: "an update that has not come to deliver",
      template: await mixedAssembly(now, old, isDeliver),
    },
    {
      name: "an update that has not come to publish",
      template: await mixedAssembly(now, old, isPublish),
    },
    { name: "this version", template: now },
    {
      name: "a roll back that has come to deliver",
      template: await mixedAssembly(now, old, isDeliver),
    },
    { name: "the earlier version again", template: old },
    { name: "this version again", template: now },
  ];
}

const perStage = 200;

test("an upgrade under traffic, a roll back and an upgrade lose nothing that was acknowledged", {
  timeout: 900_000,
}, async ({ skip }) => {
  const missing = missingVersion(earlier);
  if (missing) skip(missing);
  const dataDir = await mkdtemp(join(tmpdir(), "hookcast-upgrade-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  await using receiver = await startUnreliableReceiver();

  let flood: Flood | undefined;
  let run: LocalRun | undefined;
  for (const { name, template } of await stagesOf()) {
    await run?.kill();
    run = await startLocalRun({ dataDir, template });
    flood ??= await firstStage(run, receiver);
    const acknowledged = flood.sentTimesMs.size;
    const publishing = flood.publish(run, perStage * 5).catch(() => undefined);
    const { sentTimesMs } = flood;
    await eventually(() => sentTimesMs.size >= acknowledged + perStage).catch((cause: unknown) => {
      throw new Error(`${name} accepts nothing`, { cause });
    });
    // The next one finds deliveries in every stage; the last one goes on.
    if (name !== "this version again") await run.kill();
    await publishing;
  }
  const [last, all] = [run as LocalRun, flood as Flood]; // there are stages
  onTestFinished(() => last[Symbol.asyncDispose]());
  await eventually(() => all.missing().length === 0, { timeoutMs: 240_000 }).catch(() => undefined);
  expect(all.missing()).toEqual([]);
  console.log(`${all.sentTimesMs.size} acknowledged, ${receiver.duplicateCount()} duplicates`);

  // Headers that may not be set any more are sent by a webhook that has them from before.
  const messageId = await publish(api(last.url, last.key), "proxied", "t", { n: 1 });
  const { headers } = await eventually(() => receiver.find("/proxied/w", messageId));
  expect(headers).toMatchObject({ via: "1.1 gateway" });
});

/** One of the flood's three webhooks fails on every message's first attempt. */
function startUnreliableReceiver(): Promise<Receiver> {
  const refused = new Set<string>();
  return startReceiver({
    delayMs: 10,
    handler: ({ path, messageId }) => {
      if (!path.endsWith("/b") || refused.has(messageId)) return { status: 200 };
      refused.add(messageId);
      return { status: 503 };
    },
  });
}

/** What only the earlier version lets one put. */
async function firstStage(run: LocalRun, receiver: Receiver): Promise<Flood> {
  const call = api(run.url, run.key);
  const { status } = await call({
    method: "PUT",
    path: webhookPath("proxied", "w"),
    body: {
      destination: { postUrl: `${receiver.url}/proxied/w` },
      topicName: "t",
      config: { customHeaders: { via: "1.1 gateway" } },
    },
  });
  expect(status).toBe(201);
  return await startFlood(run, receiver);
}
