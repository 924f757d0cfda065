import { useEffect } from "preact/hooks";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Page } from "../../parts/page.tsx";
import { query } from "../../state/address/address.ts";
import { goTo } from "../../state/address/navigation.ts";
import { hrefTo } from "../../state/address/route.ts";
import { type Overview as OverviewData, useOverview } from "../../state/overview.ts";
import { rememberCache, session } from "../../state/session.ts";
import { type FormSubmit, submitted } from "../../state/submitted.ts";
import { CacheFilter } from "./cache-filter.tsx";
import { OverviewTable } from "./overview-table.tsx";
import { chosenStates, StateTiles } from "./state-tiles.tsx";

/** The start page: what is broken, since when, and why; the worst first. */
export function Overview() {
  const { cache = "" } = query.value;
  const loaded = useOverview(cache);
  const homeCache = cache || (session.value?.cacheName ?? "");
  useEffect(() => {
    if (cache !== "") rememberCache(cache);
  }, [cache]);
  return (
    <Page
      title="Overview"
      actions={
        <>
          <CacheFilter cacheName={cache} loaded={loaded} />
          {homeCache !== "" && <NewWebhookLink cacheName={homeCache} />}
        </>
      }
    >
      <AsyncContent loaded={loaded} what="the webhooks">
        {(overview) => (
          <>
            <StateTiles overview={overview} />
            <Webhooks cacheName={cache} overview={overview} reload={loaded.reload} />
          </>
        )}
      </AsyncContent>
    </Page>
  );
}

interface WebhooksProps {
  /** Empty for all. */
  cacheName: string;
  overview: OverviewData;
  reload: () => Promise<void>;
}

function Webhooks({ cacheName, overview, reload }: WebhooksProps) {
  const wanted = chosenStates();
  const shown = overview.webhooks.filter(
    ({ health }) => wanted.length === 0 || wanted.includes(health.state),
  );
  const all = Object.values(overview.counts).reduce((sum, count) => sum + count, 0);
  if (all === 0) return <NoWebhooks cacheName={cacheName} />;
  return (
    <section class="card flush" aria-label="Webhooks, worst first">
      {shown.length === 0 ? (
        <Empty title={`No webhook is ${wanted.join(" or ")}.`}>
          <p>Choose another tile, or this one again to see every webhook.</p>
        </Empty>
      ) : (
        <OverviewTable webhooks={shown} onChanged={reload} />
      )}
      {all > overview.webhooks.length && (
        <p class="table-note">
          The worst {overview.webhooks.length} of {all} webhooks. Open a cache to list all of its
          webhooks.
        </p>
      )}
    </section>
  );
}

function NoWebhooks({ cacheName }: { cacheName: string }) {
  return (
    <section class="card">
      <Empty
        title={cacheName === "" ? "There are no webhooks yet." : "This cache has no webhooks yet."}
      >
        <p>A webhook posts everything published to its topic to a URL.</p>
        {cacheName === "" && <FirstCache />}
      </Empty>
    </section>
  );
}

/** A cache exists by being used: the first webhook names it. */
function FirstCache() {
  const begin = (event: FormSubmit) =>
    goTo({ screen: "new webhook", cacheName: submitted(event)("cacheName") });
  return (
    <form class="filter" onSubmit={begin}>
      <label for="first-cache">Cache</label>
      <input id="first-cache" name="cacheName" autocomplete="off" placeholder="orders" required />
      <button type="submit">New webhook</button>
    </form>
  );
}

function NewWebhookLink({ cacheName }: { cacheName: string }) {
  return (
    <a class="button" href={hrefTo({ screen: "new webhook", cacheName })}>
      <Icon name="plus" />
      New webhook
    </a>
  );
}
