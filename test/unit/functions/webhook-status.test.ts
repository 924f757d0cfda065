import { expect, test } from "vitest";
import { updateWebhookStatus } from "../../../functions/http/webhooks/update-webhook-status.ts";
import type { Health, HealthRecord } from "../../../shared/domain/breaker/health-record.ts";
import { webhookId, webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";
import { memoryWebhooks } from "./memory-webhooks.ts";
import { nothingWaits } from "./nothing-waits.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const webhook = webhookWith();
const tag = (version: number) => `"${webhookId}.${version}"`;

/** The health of a webhook that is well, or as given, and the ticks that were sent. */
function healthOf(standing?: HealthRecord) {
  const changes: (Health | undefined)[] = [];
  const ticks: number[] = [];
  const healths = {
    find: async () => standing,
    async change(_who: object, _before: Health | undefined, after: Health | undefined) {
      changes.push(after);
      return true;
    },
  };
  const sendBreakerTimer = async ({ tick }: { tick: number }) => void ticks.push(tick);
  return { healths, retries: { sendBreakerTimer }, changes, ticks };
}

function setStatus(
  memory: ReturnType<typeof memoryWebhooks>,
  webhookStatus: "active" | "inactive",
  { caller = callerWith(), health = healthOf() } = {},
) {
  const parts = { params: { webhookId }, query: undefined, headers: {}, text: "" };
  const { store, writer } = memory;
  const deps = { ...nothingWaits, webhooks: store, writer, now: () => nowMs, ...health };
  return updateWebhookStatus({ ...parts, body: { webhookStatus }, caller }, deps);
}

test("hides a webhook of another cache as if it did not exist", async () => {
  const memory = memoryWebhooks(webhook);
  const caller = callerWith({ caches: ["users"] });
  await expect(setStatus(memory, "inactive", { caller })).rejects.toMatchObject({
    code: "NOT_FOUND_ERROR",
    message: `there is no webhook ${webhookId}`,
  });
});

test("answers a change of status in the page's words", async () => {
  const memory = memoryWebhooks(webhook);
  expect(await setStatus(memory, "inactive")).toMatchObject({
    value: { webhookId, webhookStatus: "Webhook is inactive." },
    headers: { etag: tag(2) },
  });
  expect(await setStatus(memory, "active")).toMatchObject({
    value: { webhookStatus: "Webhook is active." },
  });
});

test("forgets why a webhook was switched off when it is switched on", async () => {
  const memory = memoryWebhooks({ ...webhook, status: "inactive", statusReason: "failing" });
  await setStatus(memory, "active");
  expect(memory.all()).toMatchObject([{ status: "active", statusReason: undefined }]);
});

test("changes nothing when the status is as asked already", async () => {
  const memory = memoryWebhooks(webhook);
  expect(await setStatus(memory, "active")).toMatchObject({ headers: { etag: tag(1) } });
  expect(memory.all()).toEqual([webhook]);
});

test("lets go what was parked when a webhook is activated, and only then", async () => {
  const breaker = {
    kind: "open",
    stepSeconds: 10,
    tick: 1,
    nextTickMs: nowMs,
  } as const;
  const names = { webhookId, cacheName: "orders", webhookName: "billing" };
  const counts = { version: 1, failures: 10, timeouts: 0, failingSinceMs: 0 };
  const health = healthOf({ v: 1, ...names, ...counts, breaker });
  const memory = memoryWebhooks(webhook);
  await setStatus(memory, "inactive", { health });
  expect(health.changes).toEqual([]);
  await setStatus(memory, "active", { health });
  expect(health.changes).toMatchObject([
    { version: 3, failures: 0, breaker: { kind: "draining", repair: expect.anything() } },
  ]);
  expect(health.ticks).toEqual([2]);
});
