import { paginateScan } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { Health, isTroubled } from "../shared/domain/breaker/health-record.ts";
import { readEnv } from "../shared/runtime/env.ts";
import { openUnwellIndex, type UnwellIndex } from "../shared/store/health/unwell-index.ts";
import { keys } from "../shared/store/keys.ts";
import { readAll, transact } from "../shared/store/table/database.ts";
import { fromItem, toItem } from "../shared/store/table/rows.ts";
import { openTable } from "../shared/store/table/table.ts";
import { operatorDynamoDb } from "./data-key/sdk-clients.ts";

/** What of a webhook's row this program reads; it must read rows of other versions, too. */
const FoundWebhook = z.object({
  ...{ cacheName: z.string(), webhookName: z.string(), webhookId: z.string() },
  status: z.string(),
});
type FoundWebhook = z.infer<typeof FoundWebhook>;

export interface IndexCounts {
  /** Webhooks that were read. */
  webhooks: number;
  caches: number;
  /** Those of the webhooks that are not ok. */
  unwell: number;
}

interface Options {
  readonly isDryRun: boolean;
  /** Ends it behind the rows that are being written. */
  readonly signal: AbortSignal;
  readonly onProgress: (counts: IndexCounts) => void;
  /** Of one read of the table; default: as many as DynamoDB gives. */
  readonly pageSize?: number;
}

const rowsAtOnce = 16;

/**
 * Writes what lists are read from for every webhook that there is. Reads the whole table, which only an operator
 * may do. Each write stands as it would after a put, so that a second run, or one beside the service, harms nothing.
 */
export async function indexWebhooks(options: Options): Promise<IndexCounts> {
  const { signal, onProgress, pageSize } = options;
  const counts: IndexCounts = { webhooks: 0, caches: 0, unwell: 0 };
  const known = new Set<string>();
  const unwellIndex = openUnwellIndex();
  for await (const { Items = [] } of webhookPages(pageSize)) {
    const found = Items.map((item) => z.parse(FoundWebhook, fromItem(item)));
    for (let start = 0; start < found.length && !signal.aborted; start += rowsAtOnce) {
      const group = found.slice(start, start + rowsAtOnce);
      await Promise.all(group.map((webhook) => indexOne(webhook, known, options)));
      counts.unwell += await indexUnwell(group, unwellIndex, options);
      counts.webhooks += group.length;
      counts.caches = known.size;
    }
    if (signal.aborted) return counts;
    onProgress(counts);
  }
  return counts;
}

/** The rows of webhooks, and none of the others that lie in their table. */
function webhookPages(pageSize: number | undefined) {
  const { pk, sk } = keys.webhook("", "");
  return paginateScan(
    { client: operatorDynamoDb(), ...(pageSize !== undefined && { pageSize }) },
    {
      TableName: readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE,
      ConsistentRead: true,
      FilterExpression: "begins_with(pk, :cache) AND begins_with(sk, :webhook)",
      ExpressionAttributeValues: toItem({ ":cache": pk, ":webhook": sk }),
    },
  );
}

async function indexOne(
  webhook: FoundWebhook,
  known: Set<string>,
  { isDryRun }: Options,
): Promise<void> {
  const { cacheName } = webhook;
  if (known.has(cacheName)) return;
  if (isDryRun || (await putCache(webhook))) known.add(cacheName);
}

/** Unless the webhook is gone by now: a cache that was erased meanwhile must not come back. */
async function putCache({ cacheName, webhookName }: FoundWebhook): Promise<boolean> {
  const table = openTable(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  const lost = await transact([
    table.checking(keys.webhook(cacheName, webhookName), { text: "attribute_exists(pk)" }),
    table.putting({ ...keys.cache(cacheName), v: 1 }),
  ]);
  return lost === undefined;
}

/** Puts those that are not ok where lists look for them. One that is well by now is taken out within hours. */
async function indexUnwell(
  webhooks: readonly FoundWebhook[],
  index: UnwellIndex,
  { isDryRun }: Options,
): Promise<number> {
  const table = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;
  const wanted = webhooks.map(({ webhookId }) => keys.health(webhookId));
  const { [table]: rows = [] } = await readAll({ [table]: wanted });
  const healths = new Map(rows.map((row) => [row.webhookId, z.parse(Health, row)]));
  const unwell = webhooks.filter(
    ({ status, webhookId }) => status === "inactive" || isTroubled(healths.get(webhookId)),
  );
  if (!isDryRun) await Promise.all(unwell.map((webhook) => index.add(webhook, Date.now())));
  return unwell.length;
}
