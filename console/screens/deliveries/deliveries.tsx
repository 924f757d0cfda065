import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Empty } from "../../parts/empty.tsx";
import { MoreButton } from "../../parts/tables/more-button.tsx";
import { setQuery } from "../../state/address/address.ts";
import { useChosen } from "../../state/deliveries/chosen.ts";
import { useDeliveries } from "../../state/deliveries/delivery-pages.ts";
import {
  chosenFilter,
  chosenPageFilter,
  filterQuery,
  pageFilterQuery,
} from "../../state/deliveries/filter.ts";
import { fits, isFiltering } from "../../state/deliveries/page-filter.ts";
import { useWhileVisible } from "../../state/while-visible.ts";
import { DeliveryFilterForm } from "./delivery-filter.tsx";
import { DeliveryTable } from "./delivery-table.tsx";
import { Coverage, PageFilterFields } from "./page-filter.tsx";
import { SendAgain } from "./send-again.tsx";

const pollPauseMs = 4000;
/** Older pages are looked through by themselves until so many fit, or so many were looked at: a page is a call. */
const [enough, maxSearched] = [20, 500];

/** A webhook's deliveries as they come; the filter is in the address. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const filter = chosenFilter();
  const pageFilter = chosenPageFilter();
  const isLive = useSignal(true);
  const chosen = useChosen();
  const loaded = useDeliveries(webhookId, filter);
  useWhileVisible(loaded.reload, pollPauseMs, isLive.value);
  const { deliveries: known = [], nextCursor: older = null } = loaded.value ?? {};
  const fitting = known.filter((delivery) => fits(delivery, pageFilter));
  const isToSearchOn =
    isFiltering(pageFilter) && fitting.length < enough && known.length < maxSearched;
  useEffect(() => {
    if (isToSearchOn && older !== null) loaded.loadOlder().catch(() => undefined);
  }, [isToSearchOn, older]);
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
      <DeliveryFilterForm filter={filter} onChange={(next) => setQuery(filterQuery(next))}>
        <PageFilterFields
          filter={pageFilter}
          onChange={(next) => setQuery(pageFilterQuery(next))}
        />
      </DeliveryFilterForm>
      <AsyncContent loaded={loaded} what="deliveries">
        {({ deliveries, nextCursor }) => (
          <>
            {fitting.length === 0 ? (
              <Nothing
                isFiltered={Object.keys({ ...filter, ...pageFilter }).length > 0}
                hasMore={nextCursor !== null}
              />
            ) : (
              <DeliveryTable webhookId={webhookId} deliveries={fitting} chosen={chosen} />
            )}
            {nextCursor !== null && <MoreButton what="older deliveries" load={loaded.loadOlder} />}
            <Coverage
              filter={pageFilter}
              shown={fitting.length}
              loaded={deliveries.length}
              isAll={nextCursor === null}
            />
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
