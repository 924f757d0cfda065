import * as z from "zod/mini";
import { maxWaiting, type WebhookHealth } from "../../contract/health.ts";
import { type Health, HealthRecord } from "../../domain/breaker/health-record.ts";
import { mayBeUnwell, presentHealth } from "../../domain/breaker/present-health.ts";
import { perSecondOf } from "../../domain/breaker/refusal.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys, undeliveredIndex, undeliveredKey } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { openSlotStore } from "../waiting/slot-store.ts";
import { openStatsStore } from "./stats-store.ts";

export interface HealthView {
  healthOf(webhook: WebhookRecord): Promise<WebhookHealth>;
  /** The health of each webhook, in their order. */
  healthsOf(webhooks: readonly WebhookRecord[]): Promise<WebhookHealth[]>;
}

type Known = readonly [WebhookRecord, Health | undefined];

const maxKeys = 100;
/** So many webhooks have their waiting deliveries counted at a time. */
const atOnce = 20;
const waitingStatuses = ["pending", "retrying"] as const;

/**
 * How webhooks are doing. A webhook that is ok costs one read; of the others, what waits is counted in an index, and
 * never more of it than is shown.
 */
export function openHealthView(
  database: Database = dynamoDatabase,
  now: () => number = Date.now,
): HealthView {
  const env = readEnv("WEBHOOKS_TABLE", "DELIVERIES_TABLE");
  const deliveries = database.open(env.DELIVERIES_TABLE);
  const webhookRows = database.open(env.WEBHOOKS_TABLE);
  const slotStore = openSlotStore(database);
  const stats = openStatsStore(database);

  const withRows = async (webhooks: readonly WebhookRecord[]): Promise<Known[]> => {
    const wanted = webhooks.map(({ webhookId }) => keys.health(webhookId));
    const { [env.WEBHOOKS_TABLE]: rows = [] } = await database.readAll({
      [env.WEBHOOKS_TABLE]: wanted,
    });
    const byId = new Map(rows.map((row) => [row.webhookId, row]));
    return webhooks.map((webhook) => {
      const row = byId.get(webhook.webhookId);
      return [webhook, row && z.parse(HealthRecord, row)];
    });
  };

  const countWaiting = async ({ webhookId }: WebhookRecord): Promise<number> => {
    const counts = await Promise.all(
      waitingStatuses.map((status) => {
        const pk = undeliveredKey(webhookId, status);
        return deliveries.count({ pk, index: undeliveredIndex }, maxWaiting);
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };

  const look = async ([webhook, health]: Known): Promise<WebhookHealth> => {
    const isLimited =
      health?.breaker.kind === "draining" && perSecondOf(webhook, health) !== undefined;
    const [waiting, slots, latest] = await Promise.all([
      mayBeUnwell(webhook, health) ? countWaiting(webhook) : 0,
      isLimited ? slotStore.find(webhook.webhookId) : undefined,
      stats.latest(webhook.webhookId, health?.failingSinceMs),
    ]);
    return presentHealth({ webhook, health, waiting, slots, latest, nowMs: now() });
  };

  return {
    async healthOf(webhook) {
      const row = await webhookRows.get(keys.health(webhook.webhookId));
      return look([webhook, row && z.parse(HealthRecord, row)]);
    },
    async healthsOf(webhooks) {
      const shown: WebhookHealth[] = [];
      for (let page = 0; page * maxKeys < webhooks.length; page += 1) {
        const known = await withRows(webhooks.slice(page * maxKeys, (page + 1) * maxKeys));
        for (let start = 0; start < known.length; start += atOnce)
          shown.push(...(await Promise.all(known.slice(start, start + atOnce).map(look))));
      }
      return shown;
    },
  };
}
