import { useSignal } from "@preact/signals";
import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Empty } from "../../parts/empty.tsx";
import { MoreButton } from "../../parts/more-button.tsx";
import { type DeliveryFilter, useDeliveries } from "../../state/deliveries/delivery-pages.ts";
import { useWhileVisible } from "../../state/while-visible.ts";
import { Charts } from "../charts/charts.tsx";
import { DeliveryFilterForm } from "./delivery-filter.tsx";
import { DeliveryTable } from "./delivery-table.tsx";

const pollPauseMs = 4000;

/** A webhook's deliveries as they come. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const filter = useSignal<DeliveryFilter>({});
  const isLive = useSignal(true);
  const loaded = useDeliveries(webhookId, filter.value);
  useWhileVisible(loaded.reload, pollPauseMs, isLive.value);
  return (
    <div class="stack">
      <Charts webhookId={webhookId} deliveries={loaded.value?.deliveries ?? []} />
      <section class="card flush" aria-labelledby="deliveries">
        <div class="card-head">
          <h2 id="deliveries">Deliveries</h2>
          <label class="live">
            <input
              type="checkbox"
              checked={isLive.value}
              onChange={(event) => (isLive.value = event.currentTarget.checked)}
            />
            Live
          </label>
        </div>
        <DeliveryFilterForm filter={filter.value} onChange={(chosen) => (filter.value = chosen)} />
        <AsyncContent loaded={loaded} what="deliveries">
          {({ deliveries, nextCursor }) => (
            <>
              <List webhookId={webhookId} deliveries={deliveries} filter={filter.value} />
              {nextCursor !== null && (
                <MoreButton what="older deliveries" load={loaded.loadOlder} />
              )}
            </>
          )}
        </AsyncContent>
      </section>
    </div>
  );
}

interface ListProps {
  webhookId: string;
  deliveries: readonly DeliverySummary[];
  filter: DeliveryFilter;
}

function List({ webhookId, deliveries, filter }: ListProps) {
  if (deliveries.length > 0) return <DeliveryTable webhookId={webhookId} deliveries={deliveries} />;
  if (Object.keys(filter).length > 0) {
    return (
      <Empty title="No delivery fits the filter.">
        <p>Choose another status or a longer time.</p>
      </Empty>
    );
  }
  return (
    <Empty title="Nothing has been delivered yet.">
      <p>Publish a message to the webhook’s topic. It appears here after its first attempt.</p>
    </Empty>
  );
}
