import * as z from "zod/mini";
import {
  type AttemptRecord,
  DeliveryRecord,
  type SummaryRecord,
} from "../../shared/domain/attempts/delivery-record.ts";
import { idSpan } from "../../shared/domain/ids/ids.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import { deliveryKey, deliveryShards } from "../../shared/store/deliveries/delivery-key.ts";
import { openDeliveryLog } from "../../shared/store/deliveries/delivery-log.ts";
import { keys } from "../../shared/store/keys.ts";
import { readAll } from "../../shared/store/table/batch-read.ts";
import { openTable } from "../../shared/store/table/table.ts";

/** The log of one webhook, in the ways in which news can be found in it without reading all of it. */
export interface TailSource {
  /** Deliveries of messages that were published then or later. */
  published(sinceMs: number): Promise<DeliveryRecord[]>;
  /** The newest deliveries of each kind that are not delivered, as an index has them: perhaps a moment ago. */
  undelivered(): Promise<SummaryRecord[]>;
  /** How these stand now. */
  heads(messageIds: readonly string[]): Promise<DeliveryRecord[]>;
  /** Every attempt but the very first. */
  attempts(messageId: string): Promise<AttemptRecord[]>;
}

const endOfTimeMs = 2 ** 48;
const maxListed = 1_000;
/** What one batched read takes. */
const maxHeads = 100;

export function openTailSource(webhookId: string): TailSource {
  const { DELIVERIES_TABLE } = readEnv("DELIVERIES_TABLE");
  const table = openTable(DELIVERIES_TABLE);
  const log = openDeliveryLog();

  /** From the newest on, so that what is added meanwhile moves nothing: the next look finds it. */
  const publishedIn = async (shard: number, sinceMs: number) => {
    const { pk } = keys.delivery(webhookId, shard, "");
    const newestOf = idSpan("msg", sinceMs, endOfTimeMs);
    const records: DeliveryRecord[] = [];
    let after: string | undefined;
    do {
      const page = await table.query({ pk, newestOf, after });
      records.push(...page.rows.map((row) => z.parse(DeliveryRecord, row)));
      after = page.last;
    } while (after !== undefined);
    return records;
  };

  return {
    async published(sinceMs) {
      const shards = Array.from({ length: deliveryShards }, (_, n) => publishedIn(n, sinceMs));
      return (await Promise.all(shards)).flat();
    },
    async undelivered() {
      const span = idSpan("msg", 0, endOfTimeMs);
      const pages = await Promise.all(
        (["pending", "retrying", "failed"] as const).map((status) =>
          log.list(webhookId, { span, status, limit: maxListed }),
        ),
      );
      return pages.flatMap(({ records }) => records);
    },
    async heads(messageIds) {
      const records: DeliveryRecord[] = [];
      for (let n = 0; n < messageIds.length; n += maxHeads) {
        const batch = messageIds.slice(n, n + maxHeads);
        const found = await readAll({
          [DELIVERIES_TABLE]: batch.map((messageId) => deliveryKey(webhookId, messageId)),
        });
        const rows = found[DELIVERIES_TABLE] ?? [];
        records.push(...rows.map((row) => z.parse(DeliveryRecord, row)));
      }
      return records;
    },
    attempts: (messageId) => log.attempts(webhookId, messageId),
  };
}
