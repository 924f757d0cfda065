import { maxWithHealth } from "../../contract/health.ts";
import type { Webhook } from "../../contract/webhook.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { type Caller, sees } from "../../runtime/caller.ts";
import type { HealthView } from "../health/health-view.ts";
import { type ViewDeps, webhookView } from "./webhook-view.ts";
import { type HealthAsked, looksAtHealth, type ShownWebhook, withHealth } from "./with-health.ts";

export interface PageDeps extends ViewDeps {
  readonly health: Pick<HealthView, "healthsOf">;
}

interface Asked extends HealthAsked {
  readonly limit?: number | undefined;
}

interface WebhookPage {
  readonly webhooks: Webhook[];
  /** The last webhook that was looked at, where there is one behind it. */
  readonly last: WebhookRecord | undefined;
}

const maxWebhooks = 1_000;
/** Well below the 6 MB that Lambda can return. */
const maxBytes = 4 * 1024 * 1024;

/** How many webhooks a page looks at. */
export function pageLimit(asked: Asked): number {
  return asked.limit ?? (looksAtHealth(asked) ? maxWithHealth : maxWebhooks);
}

/** One page out of records that are read as they are taken. */
export async function webhookPage(
  records: AsyncIterable<WebhookRecord>,
  asked: Asked,
  isWanted: (record: WebhookRecord) => boolean,
  caller: Caller,
  deps: PageDeps,
): Promise<WebhookPage> {
  const limit = pageLimit(asked);
  const shown: ShownWebhook[] = [];
  let [seen, bytes] = [0, 0];
  let last: WebhookRecord | undefined;
  let hasMore = false;
  for await (const record of records) {
    hasMore = seen === limit || bytes > maxBytes;
    if (hasMore) break;
    seen += 1;
    last = record;
    if (!sees(caller, record) || !isWanted(record)) continue;
    const { webhook } = await webhookView(record, caller, deps);
    bytes += Buffer.byteLength(JSON.stringify(webhook));
    shown.push({ record, webhook });
  }
  return {
    webhooks: await withHealth(shown, asked, deps.health),
    last: hasMore ? last : undefined,
  };
}
