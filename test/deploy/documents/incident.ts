import { randomBytes } from "node:crypto";
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { parseApiKey } from "../../../shared/domain/api-key.ts";
import { type Key, keys } from "../../../shared/store/keys.ts";
import { clientConfig } from "../../conformance/credentials.ts";
import { makeKey } from "../../contract/gateway/keys.ts";
import type { Service } from "../../contract/service.ts";
import { putWebhook } from "../../contract/webhooks.ts";

const failing = {
  ...{ v: 1, webhookName: "billing", version: 1, failures: 3, timeouts: 1 },
  ...{ failingSinceMs: 1, breaker: { kind: "closed" }, expiresAt: 4_102_444_800 },
};

export interface Incident {
  /** What the document leaves to its reader, filled in. */
  fill(block: string): string;
  /** Loses a row of the table of webhooks, as a mistake would. */
  loseRow(): Promise<void>;
  isRowBack(): Promise<boolean>;
}

/** A cache of this name in which there is something to look at: what the document's commands ask for is there. */
export async function makeIncident(
  { root, operatorEnv = {} }: Service,
  cacheName: string,
  postUrl: string,
): Promise<Incident> {
  const TableName = operatorEnv.WebhooksTable ?? "";
  const dynamodb = new DynamoDBClient(clientConfig(process.env.AWS_ENDPOINT_URL ?? ""));
  const put = (row: Key & Record<string, unknown>) =>
    dynamodb.send(new PutItemCommand({ TableName, Item: marshall(row) }));
  const billing = { cacheName, webhookName: "billing" };
  const destination = { postUrl };
  const { webhook } = await putWebhook(root, billing, { destination, topicName: "paid" });
  const { webhookId } = webhook;
  const { keyId = "" } = parseApiKey(await makeKey(operatorEnv, { caches: [cacheName] })) ?? {};
  await put({ ...keys.health(webhookId), ...failing, cacheName, webhookId });
  await put({ ...keys.slots(webhookId), v: 1, nextSlotMs: 0, waiting: 7, toldTimeMs: 0 });
  // Of a webhook that is gone: nobody acts on it.
  await put({ ...keys.breaker("whk_01JDB2Q5V8K3M4N6P7R8S9TAVW"), v: 1 });
  const lost = { pk: "rehearsal", sk: randomBytes(8).toString("hex") };
  await put(lost);
  const past = new Date(Date.now() - 60_000).toISOString();
  return {
    fill: (block) =>
      block
        .replaceAll("whk_…", webhookId)
        .replaceAll("key_…", keyId)
        .replaceAll("2026-01-31T12:00:00Z", past)
        // Names of the reader's own choice, by which two readers keep out of each other's way.
        .replaceAll(/\borders\b/g, cacheName)
        .replaceAll("hookcast-restored-webhooks", `hookcast-restored-${cacheName}`),
    async loseRow() {
      await dynamodb.send(new DeleteItemCommand({ TableName, Key: marshall(lost) }));
    },
    async isRowBack() {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: marshall(lost) }));
      return Item !== undefined;
    },
  };
}
