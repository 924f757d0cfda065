import { mintId } from "../../shared/domain/ids.ts";
import type { WebhookRecord } from "../../shared/domain/webhooks/webhook-record.ts";
import { openWebhookWriter } from "../../shared/store/webhooks/webhook-writer.ts";
import { urlOf } from "./receivers.ts";
import type { World } from "./world.ts";

interface WebhookSpec {
  readonly cacheName: string;
  readonly topicName: string;
  readonly webhookName: string;
  readonly timeoutSeconds?: number | undefined;
  readonly maxPerSecond?: number | undefined;
}

/** Puts a webhook into a world's tables, at no time and no cost. */
export async function putWebhook(world: World, spec: WebhookSpec): Promise<WebhookRecord> {
  const nowMs = world.clock.now();
  const webhookId = mintId("whk", nowMs, world.randomBytes(10));
  const { timeoutSeconds = 15, ...names } = spec;
  const webhook: WebhookRecord = {
    v: 1,
    webhookId,
    ...names,
    url: urlOf(webhookId),
    productId: null,
    events: [],
    status: "active",
    sealedSecret: "1.1.sealed",
    format: "standard",
    timeoutSeconds,
    createdTimeMs: nowMs,
    lastModifiedTimeMs: nowMs,
    version: 1,
  };
  const written = await openWebhookWriter(world.database).create(webhook, Number.MAX_SAFE_INTEGER);
  if (written !== "written") throw new Error(`${spec.webhookName} could not be put`);
  return webhook;
}
