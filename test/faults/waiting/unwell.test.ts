import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { afterwards, throttledByDynamoDb } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { openWebhookCalls } from "../run/webhook-calls.ts";

const run = await startFaultyRun();
let status = 200;
const receiver = await startReceiver({ handler: () => ({ status }) });
afterAll(() => receiver[Symbol.asyncDispose]());
const { subscribeTo, publishMany, setStatus } = openWebhookCalls(run, receiver);
const healths = openHealthStore();

const Listed = z.object({
  response: z.object({ webhooks: z.array(z.object({ webhookId: z.string() })) }),
});

/** What a list of webhooks in that state shows of a cache. */
async function listed(cacheName: string, state: string): Promise<string[]> {
  const path = `/api/v1/Webhooks?cacheName=${cacheName}&state=${state}`;
  const { body } = await run.call({ method: "GET", path });
  return z.parse(Listed, body).response.webhooks.map(({ webhookId }) => webhookId);
}

const fails = async (webhookId: string) => ((await healths.find(webhookId))?.failures ?? 0) > 0;
const addsTo = (cacheName: string) => `unwell/${cacheName}`;

test("[row: index of what is not ok] deliver dies behind the index's row: nothing is shown, and the next failure is", async () => {
  status = 200;
  const { webhookId } = await subscribeTo("dies");
  status = 500;
  using death = run.inject(
    { by: "deliver", action: "BatchWriteItem", about: addsTo("dies"), times: 1 },
    afterwards(() => run.kill("deliver")),
  );
  await publishMany("dies", 1);
  await eventually(() => death.struck.length === 1);
  expect(await listed("dies", "held,limited,disabled")).toEqual([]);
  await publishMany("dies", 1);
  await eventually(() => fails(webhookId));
  expect(await listed("dies", "failing")).toEqual([webhookId]);
});

test("[row: index of what is not ok] while the index takes no row, health counts no first failure", async () => {
  status = 200;
  const { webhookId } = await subscribeTo("throttled");
  status = 500;
  {
    using throttle = run.inject(
      { by: "deliver", action: "BatchWriteItem", about: addsTo("throttled") },
      throttledByDynamoDb,
    );
    await publishMany("throttled", 1);
    await eventually(() => throttle.answered.length > 0);
    await eventually(() => run.lines.some((line) => line.includes("health.unrecorded")));
    expect(await fails(webhookId)).toBe(false);
  }
  await publishMany("throttled", 1);
  await eventually(() => fails(webhookId));
  expect(await listed("throttled", "failing")).toEqual([webhookId]);
});

test("[row: index of what is not ok] a change dies behind the index's row: its repetition is shown", async () => {
  status = 200;
  const { webhookId } = await subscribeTo("changes");
  {
    using _ = run.inject(
      { by: "updateWebhookStatus", action: "BatchWriteItem", times: 1 },
      afterwards(() => run.kill("updateWebhookStatus")),
    );
    await expect(setStatus(webhookId, "inactive")).rejects.toThrow("answered 5");
  }
  expect(await listed("changes", "disabled")).toEqual([]);
  await setStatus(webhookId, "inactive");
  expect(await listed("changes", "disabled")).toEqual([webhookId]);
});
