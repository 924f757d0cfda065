import { afterAll, expect, test } from "vitest";
import { openParkStore } from "../../../shared/store/waiting/waiting-jobs.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { openBreakerSteps } from "../run/breaker-steps.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { openWebhookCalls } from "../run/webhook-calls.ts";

const run = await startFaultyRun();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
const calls = openWebhookCalls(run, receiver);
const steps = openBreakerSteps(calls);
const park = openParkStore();

/** Says it of the cache, and lets no function go on with what it knew before. */
async function say(verb: "suspend" | "resume", cacheName: string): Promise<void> {
  const path = `/api/v1/caches/${cacheName}/${verb}`;
  const { status, body } = await run.call({ method: "POST", path });
  const cacheStatus = verb === "suspend" ? "suspended" : "active";
  expect([status, body]).toEqual([
    200,
    { status: "success", response: { cacheName, cacheStatus } },
  ]);
  await forget();
}

async function forget(): Promise<void> {
  for (const name of ["deliver", "publish", "testWebhook", "getWebhookDetails", "listDeliveries"]) {
    await run.kill(name);
  }
}

function publishTo(cacheName: string) {
  return run.call({ method: "POST", path: `/api/v1/caches/${cacheName}/topics/t`, body: {} });
}

const refused = {
  status: 409,
  body: { status: "error", error: { code: "FAILED_PRECONDITION_ERROR" } },
};

async function delivered(cacheName: string) {
  const webhook = await calls.subscribeTo(cacheName);
  const [messageId = ""] = await calls.publishMany(cacheName, 1);
  await eventually(() => calls.isIn("delivered", webhook.webhookId, messageId));
  const sendAgain = () =>
    run.call({
      method: "POST",
      path: `/api/v1/Webhooks/${webhook.webhookId}/deliveries/${messageId}/retry`,
    });
  const waiting = () => park.oldest(webhook.webhookId, 10);
  return { webhook, messageId, sendAgain, waiting };
}

test("a suspended cache publishes, posts and tests nothing, says so, and loses nothing", async () => {
  const { webhook, messageId, sendAgain, waiting } = await delivered("stopped");
  await say("suspend", "stopped");

  expect(await publishTo("stopped")).toMatchObject(refused);
  const about = `/api/v1/Webhooks/${webhook.webhookId}`;
  expect(await run.call({ method: "POST", path: `${about}/test` })).toMatchObject(refused);
  for (const path of [about, `${about}/deliveries`]) {
    const { body } = await run.call({ method: "GET", path });
    expect(body).toMatchObject({ response: { cacheStatus: "suspended" } });
  }

  expect(await sendAgain()).toMatchObject({ status: 202 });
  await eventually(async () => (await waiting()).length === 1);
  await calls.witnessed("stopped");
  expect(postsTo(receiver, webhook.path)).toEqual([messageId]);

  await say("resume", "stopped");
  await eventually(() => postsTo(receiver, webhook.path).length === 2);
  await eventually(() => calls.isIn("delivered", webhook.webhookId, messageId));
  expect((await publishTo("stopped")).status).toBe(202);
  const { body } = await run.call({ method: "GET", path: about });
  expect(body).not.toMatchObject({ response: { cacheStatus: "suspended" } });
});

test("what a resume that died did not let go goes out at its webhook's next step", async () => {
  const { webhook, sendAgain, waiting } = await delivered("forgotten");
  await say("suspend", "forgotten");
  await sendAgain();
  await eventually(async () => (await waiting()).length === 1);
  {
    using _broken = run.inject({ by: "resumeCache", action: "Query" }, () => {
      throw new Error("the function died here");
    });
    await run.call({ method: "POST", path: "/api/v1/caches/forgotten/resume" });
  }
  await forget();
  await steps.tick(webhook);
  await eventually(() => postsTo(receiver, webhook.path).length === 2);
});

test("each is audited under a name of its own", async () => {
  await say("suspend", "audited");
  await say("resume", "audited");
  const told = run.lines.filter(
    (line) => line.includes("manage.called") && line.includes("audited"),
  );
  expect(told.filter((line) => line.includes('"operation":"suspendCache"'))).toHaveLength(1);
  expect(told.filter((line) => line.includes('"operation":"resumeCache"'))).toHaveLength(1);
});
