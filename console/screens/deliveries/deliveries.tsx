import { useSignal } from "@preact/signals";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Empty } from "../../parts/empty.tsx";
import { MoreButton } from "../../parts/tables/more-button.tsx";
import { setQuery } from "../../state/address/address.ts";
import { useChosen } from "../../state/deliveries/chosen.ts";
import { useDeliveries } from "../../state/deliveries/delivery-pages.ts";
import { chosenFilter, filterQuery, isLooking } from "../../state/deliveries/filter.ts";
import { useWhileVisible } from "../../state/while-visible.ts";
import { DeliveryFilterForm } from "./delivery-filter.tsx";
import { DeliveryTable } from "./delivery-table.tsx";
import { SendAgain } from "./send-again.tsx";

const pollPauseMs = 4_000;
/** A filter that looks through deliveries costs the service more than a page. */
const lookPauseMs = 15_000;

/** A webhook's deliveries as they come; the filter is in the address. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const filter = chosenFilter();
  const isLive = useSignal(true);
  const chosen = useChosen();
  const loaded = useDeliveries(webhookId, filter);
  const pauseMs = isLooking(filter) ? lookPauseMs : pollPauseMs;
  useWhileVisible(loaded.reload, pauseMs, isLive.value);
  return (
    <section class="card flush" aria-labelledby="deliveries">
      <div class="card-head">
        <h2 id="deliveries">Deliveries</h2>
        <div class="actions">
          <SendAgain
            webhookId={webhookId}
            chosen={chosen.ids}
            onSent={async () => {
              chosen.clear();
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
              <Nothing isFiltered={Object.keys(filter).length > 0} hasMore={nextCursor !== null} />
            ) : (
              <DeliveryTable webhookId={webhookId} deliveries={deliveries} chosen={chosen} />
            )}
            {nextCursor !== null && <MoreButton what="older deliveries" load={loaded.loadOlder} />}
            {deliveries.length > 0 && (
              <p class="table-note" role="status">
                {deliveries.length === 1
                  ? "1 delivery is loaded."
                  : `${deliveries.length} deliveries are loaded.`}
              </p>
            )}
          </>
        )}
      </AsyncContent>
    </section>
  );
}

function Nothing({ isFiltered, hasMore }: { isFiltered: boolean; hasMore: boolean }) {
  if (hasMore) {
    return (
      <Empty title="None of the newest deliveries matches the filter.">
        <p>Load older ones, or choose another status or a longer time.</p>
      </Empty>
    );
  }
  if (isFiltered) {
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
