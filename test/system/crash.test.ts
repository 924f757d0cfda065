import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startFlood } from "../support/flood.ts";
import { startLocalRun } from "../support/local-run.ts";
import { startReceiver } from "../support/receiver.ts";

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
