import { randomBytes } from "node:crypto";
import { mintId } from "../../../shared/domain/ids.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import { mintSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";
import { openVault, type Vault } from "../../../shared/store/secrets/vault.ts";
import { conflict } from "../../../shared/store/table/table.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";
import { inParallel } from "../../support/in-parallel.ts";
import type { Receiver } from "../../support/network/receiver.ts";
import type { LocalRun } from "../../support/service/local-run.ts";
import { describeRun } from "../document/service-description.ts";

/** Points the product's stores, at the tables of a local run. */
function useTables(operatorEnv: Record<string, string>): void {
  const { WebhooksTable = "", DataKey = "", ...aws } = operatorEnv;
  Object.assign(process.env, aws, {
    WEBHOOKS_TABLE: WebhooksTable,
    DATA_KEY_ID: DataKey,
    RETENTION_DAYS: "30",
  });
}

/**
 * Writes so many webhooks of one topic, each with a path of its own at the receiver, in the product's own
 * transactions: through the API it would take minutes. Gives the names of cache and topic.
 */
export async function seedWebhooks(
  run: LocalRun,
  receiver: Receiver,
  count: number,
): Promise<[cacheName: string, topicName: string]> {
  const { operatorEnv = {} } = await describeRun(run);
  useTables(operatorEnv);
  const vault = openVault();
  const writer = openWebhookWriter();
  await inParallel(count, 16, async (number) => {
    const webhook = await draft(vault, `${receiver.url}/${number}`, number);
    const write = () => writer.create(webhook, count);
    let written = await write();
    while (written === conflict) written = await write();
    if (written === "full") throw new Error("the cache is full");
  });
  return [crowd.cacheName, crowd.topicName];
}

const crowd = { cacheName: "crowd", topicName: "t" };

async function draft(vault: Vault, url: string, number: number): Promise<WebhookRecord> {
  const nowMs = Date.now();
  const webhookId = mintId("whk", nowMs, randomBytes(10));
  return {
    v: 1,
    webhookId,
    ...crowd,
    webhookName: String(number),
    url,
    productId: null,
    events: [],
    status: "active",
    sealedSecret: await vault.sealSecret(webhookId, mintSecret(randomBytes(32))),
    format: "raw",
    timeoutSeconds: 15,
    createdTimeMs: nowMs,
    lastModifiedTimeMs: nowMs,
    version: 1,
  };
}

/** How many of them have received a message. */
export function reached({ deliveries }: Receiver, messageId: string): number {
  return new Set(deliveries.filter((one) => one.messageId === messageId).map(({ path }) => path))
    .size;
}
