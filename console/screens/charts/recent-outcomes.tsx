import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { hookcast } from "../../state/hookcast.ts";
import { useLoaded } from "../../state/loaded.ts";

const shownCount = 10;

/** How a webhook's newest deliveries stand, oldest first as time goes. */
export function RecentOutcomes({ webhookId }: { webhookId: string }) {
  const { value, error } = useLoaded(webhookId, async (signal) => {
    const input = { webhookId, limit: shownCount };
    return (await hookcast().call("listDeliveries", input, { signal })).response.deliveries;
  });
  if (error !== undefined) return <span class="quiet">not known</span>;
  if (value === undefined) return <span class="quiet">…</span>;
  if (value.length === 0) return <span class="quiet">none yet</span>;
  return (
    <span class="recent">
      <span class="recent-marks" aria-hidden="true">
        {value.toReversed().map(({ messageId, status }) => (
          <span key={messageId} class={`mark ${status}`} />
        ))}
      </span>
      {summaryOf(value)}
    </span>
  );
}

function summaryOf(deliveries: readonly DeliverySummary[]): string {
  const countOf = (wanted: DeliverySummary["status"]) =>
    deliveries.filter(({ status }) => status === wanted).length;
  const delivered = countOf("delivered");
  if (delivered === deliveries.length) return `all ${delivered} delivered`;
  const others = (["failed", "retrying", "pending"] as const)
    .filter((status) => countOf(status) > 0)
    .map((status) => `${countOf(status)} ${status}`);
  return [`${delivered} of ${deliveries.length} delivered`, ...others].join(", ");
}
