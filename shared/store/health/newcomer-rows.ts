import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { HealthRecord } from "../../domain/breaker/health-record.ts";
import { asNewcomer } from "../../domain/lanes/slowness.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { keys } from "../keys.ts";
import type { Table } from "../table/table.ts";
import { healthWrite } from "./health-writes.ts";

/**
 * What a webhook that is new, or gets another URL, changes in its health: behind the URL is a receiver that
 * has yet to show that it answers fast.
 */
export async function newcomerChanges(
  table: Table,
  previous: WebhookRecord | undefined,
  next: WebhookRecord,
): Promise<TransactWriteItem[]> {
  if (previous?.url === next.url) return [];
  const row = previous && (await table.get(keys.health(next.webhookId)));
  const before = row && z.parse(HealthRecord, row);
  const nowMs = next.lastModifiedTimeMs;
  const after = asNewcomer(before, nowMs);
  return after === before ? [] : [healthWrite(table, next, before, after, nowMs)];
}
