import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { shortenWaits } from "../faults/run/short-waits.ts";
import { eventually } from "../support/eventually.ts";
import { startFlood } from "../support/network/flood.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { editedAssembly } from "../support/service/edited-assembly.ts";
import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";

async function folderThatOutlivesARun(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-crash-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("after kill -9 in the middle, delivers everything that was acknowledged", async () => {
  const dataDir = await folderThatOutlivesARun();
  // A slow receiver lets deliveries pile up, so that the crash finds some in every stage.
  await using receiver = await startReceiver({ delayMs: 30 });

  await using doomed = await startLocalRun({ dataDir });
  const flood = await startFlood(doomed, receiver);
  const publishing = flood.publish(doomed, 1000).then(
    () => "all acknowledged",
    () => "cut off",
  );
  await eventually(() => flood.sentTimesMs.size >= 300, { timeoutMs: 60_000 });
  await doomed.kill();
  expect(await publishing).toBe("cut off");
  const acknowledged = flood.sentTimesMs.size;
  expect(flood.missing(), "the crash came after everything was delivered").not.toEqual([]);

  // The lock file still names the dead process.
  await using revived = await startLocalRun({ dataDir });
  expect(revived.key).toBe(doomed.key);
  await flood.publish(revived, 100);

  await eventually(() => flood.missing().length === 0, { timeoutMs: 60_000 }).catch(
    () => undefined,
  );
  expect(flood.missing()).toEqual([]);
  console.log(
    `${acknowledged} acknowledged before the crash, ${receiver.duplicateCount()} duplicates`,
  );
});

const kills = 10;
/** A kill in the middle of a retry leaves its lease behind; one that loses a breaker's tick, the sweeper. */
const patienceMs = 240_000;

test("ten times kill -9, with failing receivers among the healthy: nothing that was acknowledged is lost", {
  timeout: 600_000,
}, async () => {
  const dataDir = await folderThatOutlivesARun();
  // A lease of a killed run outlives many starts, and at each the queue hands the message out at once.
  const template = await editedAssembly((resources) =>
    shortenWaits(resources, {
      visibilitySeconds: 20,
      maxReceiveCount: 100,
      retryScheduleSeconds: [1, 2, 4, 8, 16],
    }),
  );
  const refused = new Set<string>();
  await using receiver = await startReceiver({
    delayMs: 10,
    // One of the three webhooks fails on every message's first attempt.
    handler: ({ path, messageId }) => {
      if (!path.endsWith("/b") || refused.has(messageId)) return { status: 200 };
      refused.add(messageId);
      return { status: 503 };
    },
  });

  const start = () => startLocalRun({ dataDir, template });
  let run: LocalRun = await start();
  const flood = await startFlood(run, receiver);
  for (let kill = 0; kill < kills; kill += 1) {
    const publishing = flood.publish(run, 1000).catch(() => undefined);
    const enough = flood.sentTimesMs.size + 40;
    await eventually(() => flood.sentTimesMs.size >= enough, { timeoutMs: 60_000 });
    await run.kill();
    await publishing;
    run = await start();
  }
  await using last = run;
  await flood.publish(last, 20);

  // The failing webhook has a message only when it was posted to again.
  const posts = (id: string) =>
    receiver.deliveries.filter((each) => each.path === "/flood/b" && each.messageId === id).length;
  const neverRetried = () => [...flood.sentTimesMs.keys()].filter((id) => posts(id) < 2);
  const isComplete = () => flood.missing().length === 0 && neverRetried().length === 0;
  await eventually(isComplete, { timeoutMs: patienceMs }).catch(() => undefined);
  expect(flood.missing()).toEqual([]);
  expect(neverRetried()).toEqual([]);
  console.log(
    `${kills} kills, ${flood.sentTimesMs.size} messages acknowledged, ${receiver.duplicateCount()} POSTs more than one`,
  );
});
