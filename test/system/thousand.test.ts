import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startFlood } from "../support/network/flood.ts";
import { floodReport } from "../support/network/flood-report.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { startLocalRun } from "../support/service/local-run.ts";

test("delivers 1,000 messages to each of 3 webhooks, none missing", async () => {
  await using run = await startLocalRun();
  await using receiver = await startReceiver();
  const flood = await startFlood(run, receiver);

  await flood.publish(run, 1000);
  await eventually(() => flood.missing().length === 0, { timeoutMs: 60_000 }).catch(
    () => undefined,
  );
  expect(flood.missing()).toEqual([]);
  expect(receiver.verifiedCount()).toBe(3000);
  console.log(floodReport(flood, receiver));
});
