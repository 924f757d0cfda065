import { afterAll, expect, test } from "vitest";
import { subscribe } from "../support/calls.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { startService } from "./service.ts";

/** It never answers: every test holds its function until its time is up. */
const hanging = await startReceiver({ handler: () => Promise.withResolvers<never>().promise });
afterAll(() => hanging[Symbol.asyncDispose]());
const service = await startService();

const burst = 5;
const flood = 50;

test("50 tests at once of a receiver that hangs: few are sent, and another key's are not refused", {
  timeout: 120_000,
}, async () => {
  const names = { cacheName: "c", webhookName: "w", topicName: "t" };
  const { webhookId } = await subscribe(service.root, hanging, names);
  // The local run has only so many environments; a second of each is what ten are in AWS.
  await service.root({
    method: "PUT",
    path: "/api/v1/caches/c/webhooks/w",
    body: {
      destination: { postUrl: hanging.url },
      topicName: "t",
      config: { timeoutSeconds: 1 },
    },
  });
  const request = { method: "POST", path: `/api/v1/Webhooks/${webhookId}/test` };
  const [greedy, modest] = await Promise.all([service.caller({}), service.caller({})]);

  const startedMs = performance.now();
  const answers = await Promise.all(Array.from({ length: flood }, () => greedy(request)));
  // One a second is added to what may come at once, however slow this machine is.
  const seconds = Math.ceil((performance.now() - startedMs) / 1_000);
  const sent = hanging.deliveries.length;
  expect(sent).toBeGreaterThanOrEqual(burst);
  expect(sent).toBeLessThanOrEqual(burst + seconds);
  const refusals = answers.filter(({ status }) => status !== 200);
  expect(refusals).toHaveLength(flood - sent);
  for (const { status, body, headers } of refusals) {
    expect(status).toBe(429);
    expect(body).toMatchObject({ error: { code: "LIMIT_EXCEEDED_ERROR" } });
    expect(headers.get("retry-after")).toBe("1");
  }
  expect((await modest(request)).status).toBe(200);
  expect(hanging.deliveries).toHaveLength(sent + 1);
});
