import { useSignal } from "@preact/signals";
import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Empty } from "../../parts/empty.tsx";
import { MoreButton } from "../../parts/more-button.tsx";
import { setQuery } from "../../state/address/navigation.ts";
import { type DeliveryFilter, useDeliveries } from "../../state/deliveries/delivery-pages.ts";
import { chosenFilter, filterQuery } from "../../state/deliveries/filter.ts";
import { useWhileVisible } from "../../state/while-visible.ts";
import { DeliveryFilterForm } from "./delivery-filter.tsx";
import { DeliveryTable } from "./delivery-table.tsx";
import { SendAgain } from "./send-again.tsx";

const pollPauseMs = 4000;

/** A webhook's deliveries as they come; the filter is in the address. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const filter = chosenFilter();
  const isLive = useSignal(true);
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const loaded = useDeliveries(webhookId, filter);
  useWhileVisible(loaded.reload, pollPauseMs, isLive.value);
  const toggle = (messageId: string) => {
    const next = new Set(chosen.value);
    if (!next.delete(messageId)) next.add(messageId);
    chosen.value = next;
  };
  return (
    <section class="card flush" aria-labelledby="deliveries">
      <div class="card-head">
        <h2 id="deliveries">Deliveries</h2>
        <div class="actions">
          <SendAgain
            webhookId={webhookId}
            chosen={chosen.value}
            onSent={async () => {
              chosen.value = new Set();
              await loaded.reload();
            }}
          />
          <label class="live">
            <input
              type="checkbox"
              checked={isLive.value}
              onChange={(event) => (isLive.value = event.currentTarget.checked)}
            />
            Live
          </label>
        </div>
      </div>
      <DeliveryFilterForm filter={filter} onChange={(next) => setQuery(filterQuery(next))} />
      <AsyncContent loaded={loaded} what="deliveries">
        {({ deliveries, nextCursor }) => (
          <>
            {deliveries.length === 0 ? (
              <Nothing filter={filter} hasMore={nextCursor !== null} />
            ) : (
              <DeliveryTable
                webhookId={webhookId}
                deliveries={deliveries}
                chosen={chosen.value}
                onToggle={toggle}
              />
            )}
            {nextCursor !== null && <MoreButton what="older deliveries" load={loaded.loadOlder} />}
            <Loaded deliveries={deliveries} />
          </>
        )}
      </AsyncContent>
    </section>
  );
}

/** What the rows are, so that nobody takes them for all there are. */
function Loaded({ deliveries: { length } }: { deliveries: readonly DeliverySummary[] }) {
  if (length === 0) return null;
  return (
    <p class="table-note">
      {length === 1 ? "1 delivery is loaded." : `${length} deliveries are loaded.`}
    </p>
  );
}

function Nothing({ filter, hasMore }: { filter: DeliveryFilter; hasMore: boolean }) {
  if (hasMore) {
    return (
      <Empty title="None of the newest deliveries matches the filter.">
        <p>Load older ones, or choose another status or a longer time.</p>
      </Empty>
    );
  }
  if (Object.keys(filter).length > 0) {
    return (
      <Empty title="No delivery matches the filter.">
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
