import assert from "node:assert/strict";
import { openClient } from "../contract/client.ts";
import { readDocument } from "../contract/document/document.ts";
import { freshCache } from "../contract/webhooks/fresh-names.ts";
import { listWebhooks, plainBody, putWebhook } from "../contract/webhooks.ts";
import type { Cdk, StackOutputs } from "./cdk.ts";
import { bucketSource } from "./check-bucket.ts";
import type { ServiceVariables } from "./deployed-service.ts";

/**
 * Deploys once more with other settings: they hold, and what was stored before is still there. Returns the outputs of
 * then.
 */
export async function checkUpdate(cdk: Cdk, service: ServiceVariables): Promise<StackOutputs> {
  const { HOOKCAST_URL, HOOKCAST_KEY } = service;
  const client = openClient({ url: HOOKCAST_URL }, HOOKCAST_KEY, await readDocument(HOOKCAST_URL));
  const cacheName = freshCache();
  const { webhookId } = await putWebhook(client, { cacheName, webhookName: "before" });
  const outputs = await cdk.deploy({ webhooksPerCache: "1" }, { ingestSources: [bucketSource] });

  const { webhooks } = await listWebhooks(client, cacheName);
  assert.deepEqual(
    webhooks.map((webhook) => webhook.webhookId),
    [webhookId],
  );
  const after = { cacheName, webhookName: "after" };
  const { status } = await client.call("putWebhook", after, { json: plainBody });
  assert.equal(status, 429);
  await client.close();
  return outputs;
}
