import { expect, test } from "vitest";
import { deleteWebhook } from "../../../functions/http/webhooks/delete-webhook.ts";
import { getWebhookSecret } from "../../../functions/http/webhooks/get-webhook-secret.ts";
import { rotateWebhookSecret } from "../../../functions/http/webhooks/rotate-webhook-secret.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import { conflict } from "../../../shared/store/table/table.ts";
import { suspensionsOf } from "../delivery/suspensions.ts";
import { webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";
import { memoryWebhooks, openBookVault } from "./memory-webhooks.ts";
import { nothingWaits } from "./nothing-waits.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const webhook = webhookWith({ sealedSecret: `secret of whk: ${old}` });
const notFound = {
  code: "NOT_FOUND_ERROR",
  status: 404,
  message: "there is no webhook billing",
};

const input = {
  params: { cacheName: "orders", webhookName: "billing" },
  query: undefined,
  headers: undefined,
  body: undefined,
  text: "",
  caller: callerWith(),
};

function depsOf({ store, writer }: ReturnType<typeof memoryWebhooks>) {
  return {
    ...nothingWaits,
    webhooks: store,
    writer,
    vault: openBookVault,
    suspensions: suspensionsOf(),
    retentionDays: 30,
    now: () => nowMs,
  };
}

test("answers the secret with the names that the page asks for", async () => {
  expect(await getWebhookSecret(input, depsOf(memoryWebhooks(webhook)))).toEqual({
    secret: old,
    webhookName: "billing",
    cacheName: "orders",
  });
});

test.each([
  ["read the secret of", getWebhookSecret],
  ["rotate the secret of", rotateWebhookSecret],
] as const)("cannot %s a webhook that does not exist", async (_, operation) => {
  await expect(operation(input, depsOf(memoryWebhooks()))).rejects.toMatchObject(notFound);
});

function remove(deps: Parameters<typeof deleteWebhook>[1], ifMatch?: string) {
  return deleteWebhook({ ...input, headers: { "if-match": ifMatch } }, deps);
}

test("deletes a webhook, and cannot delete it again", async () => {
  const memory = memoryWebhooks(webhook);
  expect(await remove(depsOf(memory))).toEqual({});
  expect(memory.all()).toEqual([]);
  await expect(remove(depsOf(memory))).rejects.toMatchObject(notFound);
});

test("keeps the deleted webhook's id as long as its log", async () => {
  const removed: unknown[] = [];
  const writer = {
    async remove(...given: unknown[]) {
      removed.push(given);
      return "written" as const;
    },
  };
  await remove({ ...depsOf(memoryWebhooks(webhook)), writer });
  expect(removed).toEqual([[webhook, nowMs, nowMs / 1000 + 30 * 86_400]]);
});

test("deletes only the version that If-Match names", async () => {
  const memory = memoryWebhooks(webhook);
  await expect(remove(depsOf(memory), '"whk_other.1"')).rejects.toMatchObject({ status: 412 });
  expect(memory.all()).toEqual([webhook]);
  expect(await remove(depsOf(memory), `"${webhook.webhookId}.1"`)).toEqual({});
});

test("deletes what somebody else changed in between", async () => {
  const seen: WebhookRecord[] = [];
  const writer = {
    async remove(previous: WebhookRecord) {
      seen.push(previous);
      return seen.length === 1 ? conflict : ("written" as const);
    },
  };
  await remove({ ...depsOf(memoryWebhooks(webhook)), writer });
  expect(seen).toHaveLength(2);
});

test("rotates the secret at once, and keeps the previous one for 24 hours", async () => {
  const memory = memoryWebhooks(webhook);
  const answer = await rotateWebhookSecret(input, depsOf(memory));
  expect(answer).toEqual({
    secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    webhookName: "billing",
    cacheName: "orders",
    previousSecretExpiresTime: "2024-01-25T23:20:28Z",
  });
  expect(memory.all()).toMatchObject([
    {
      sealedSecret: `secret of ${webhook.webhookId}: ${answer.secret}`,
      sealedPreviousSecret: webhook.sealedSecret,
      previousSecretUntilMs: nowMs + 24 * 3_600_000,
    },
  ]);
});

test.each([
  [0, "2024-01-24T23:20:28Z"],
  [168, "2024-01-31T23:20:28Z"],
])("keeps the previous secret for %i hours when asked to", async (graceHours, expires) => {
  const answer = await rotateWebhookSecret(
    { ...input, body: { graceHours } },
    depsOf(memoryWebhooks(webhook)),
  );
  expect(answer.previousSecretExpiresTime).toBe(expires);
});
