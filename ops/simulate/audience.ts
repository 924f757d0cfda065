import type { WebhookRecord } from "../../shared/domain/webhooks/webhook-record.ts";
import { keys } from "../../shared/store/keys.ts";
import type { Entrances } from "./entrances.ts";
import type { Measure } from "./report/measure.ts";
import type { Audience } from "./scenario.ts";
import { putWebhook } from "./webhooks.ts";
import { tableNames, type World } from "./world.ts";

/** Puts the webhooks of an audience. */
export async function putAudience(audience: Audience, world: World): Promise<WebhookRecord[]> {
  const { name, webhooks, cache, sharesTopic, timeoutSeconds, maxPerSecond, isNew } = audience;
  const webhooksTable = world.database.table(tableNames.WEBHOOKS_TABLE);
  const records: WebhookRecord[] = [];
  for (let index = 0; index < webhooks; index += 1) {
    const webhookName = `${name}-${index}`;
    const cacheName = cache ?? webhookName;
    const topicName = sharesTopic ? name : webhookName;
    const spec = { cacheName, topicName, webhookName, timeoutSeconds, maxPerSecond };
    const webhook = await putWebhook(world, spec);
    // Of a webhook that has shown that it answers there is no row: it is well.
    if (!isNew) webhooksTable.remove(keys.health(webhook.webhookId));
    records.push(webhook);
  }
  return records;
}

/** Publishes to an audience at its pace; `onEnd` hears of each topic's last message. */
export function publishTo(
  { messages, together = 1, fromMs, overMs, entrance = "HTTP" }: Audience,
  topics: readonly (readonly WebhookRecord[])[],
  entrances: Entrances,
  { clock, random }: World,
  measure: Measure,
  onEnd: () => void,
): void {
  const gapMs = (overMs * together) / messages;
  for (const subscribers of topics) {
    const [first] = subscribers;
    if (!first) continue;
    let sent = 0;
    const next = async () => {
      const howMany = Math.min(together, messages - sent);
      sent += howMany;
      const isLast = sent === messages;
      if (!isLast) clock.after(gapMs, next);
      const accepted = await entrances[entrance](first.cacheName, first.topicName, howMany);
      measure.onAccepted(accepted * subscribers.length);
      if (isLast) onEnd();
    };
    // Streams of the same pace must not beat at the same moment.
    clock.after(fromMs + random() * gapMs, next);
  }
}
