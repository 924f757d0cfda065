import { expect, onTestFinished, test } from "vitest";
import { publish, subscribe, webhookPath } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { api } from "../support/service/api.ts";
import { startLocalRun } from "../support/service/local-run.ts";
import { mountSmallDisk, type SmallDisk } from "../support/service/small-disk.ts";

async function smallDisk(skip: (reason: string) => never): Promise<SmallDisk> {
  const disk = await mountSmallDisk(16);
  if (typeof disk === "string") {
    console.log(`skipped: ${disk}`);
    return skip(disk);
  }
  onTestFinished(() => disk[Symbol.asyncDispose]());
  return disk;
}

test("ends with 0 at Ctrl-C while the disk is full", async ({ skip }) => {
  const disk = await smallDisk(skip);
  await using run = await startLocalRun({ dataDir: disk.path });
  const call = api(run.url, run.key);
  disk.fill();
  await eventually(async () => {
    const path = "/api/v1/caches/full/topics/t";
    return (await call({ method: "POST", path, body: { n: 1 } })).status === 503;
  });
  expect(await run.stop()).toBe(0);
  expect(run.stderr()).toMatch(/stopping\n$/);
});

test("says why it cannot start on a full disk", async ({ skip }) => {
  const disk = await smallDisk(skip);
  disk.fill();
  await expect(startLocalRun({ dataDir: disk.path })).rejects.toThrow(/free some space/);
  disk.makeRoom();
  await using run = await startLocalRun({ dataDir: disk.path });
  expect(await run.stop()).toBe(0);
});

test("loses nothing that was accepted after a full disk had room again", async ({ skip }) => {
  const disk = await smallDisk(skip);
  await using receiver = await startReceiver();
  const accepted: string[] = [];
  const webhook = { cacheName: "full", webhookName: "w", topicName: "t" };
  {
    await using run = await startLocalRun({ dataDir: disk.path });
    const call = api(run.url, run.key);
    const { path } = await subscribe(call, receiver, webhook);
    accepted.push(await publish(call, "full", "t", { n: 1 }));
    disk.fill();
    const publishPath = "/api/v1/caches/full/topics/t";
    await eventually(async () => {
      const { status } = await call({ method: "POST", path: publishPath, body: { n: 2 } });
      return status === 503;
    });
    // Either store can be the first to find no room: a publish that the queue refuses writes no row.
    const body = { topicName: "other", destination: { postUrl: receiver.url + path } };
    await eventually(async () => {
      const answer = await call({ method: "PUT", path: webhookPath("full", "other"), body });
      return answer.status === 503 && /embedded dynamodb: a write failed/.test(run.stderr());
    });
    disk.makeRoom();
    await eventually(async () => {
      accepted.push(await publish(call, "full", "t", { n: 3 }));
      return true;
    });
    const last = accepted.at(-1) ?? "";
    await eventually(() => receiver.find(path, last));
    expect(run.stderr()).toMatch(/embedded dynamodb: a write failed: .*No space left/);
    expect(run.stderr()).toMatch(/embedded dynamodb: .*writes are accepted again/);
    await run.kill();
  }
  await using again = await startLocalRun({ dataDir: disk.path });
  const call = api(again.url, again.key);
  for (const messageId of accepted) {
    const path = `/api/v1/caches/full/messages/${messageId}`;
    expect(await call({ method: "GET", path })).toMatchObject({ status: 200 });
  }
  expect(again.stderr()).not.toContain("dropped");
});
