import { AsyncContent } from "../../parts/async-content.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Page } from "../../parts/page.tsx";
import { MoreButton } from "../../parts/tables/more-button.tsx";
import { CutText } from "../../parts/text/cut-text.tsx";
import { query, setQuery } from "../../state/address/address.ts";
import { hrefTo } from "../../state/address/route.ts";
import { useWebhooks } from "../../state/webhooks/webhook-pages.ts";
import { OpenPortal } from "../open-portal.tsx";
import { TopicFilter } from "./topic-filter.tsx";
import { WebhookTable } from "./webhook-table.tsx";

export function Webhooks({ cacheName }: { cacheName: string }) {
  const { topic = "" } = query.value;
  const loaded = useWebhooks(cacheName, topic);
  const newWebhook = (
    <a class="button" href={hrefTo({ screen: "new webhook", cacheName })}>
      <Icon name="plus" />
      New webhook
    </a>
  );
  const actions = (
    <>
      <OpenPortal cacheName={cacheName} />
      {newWebhook}
    </>
  );
  return (
    <Page title="Webhooks" trail={<CacheTrail cacheName={cacheName} />} actions={actions}>
      <TopicFilter topicName={topic} onChange={(name) => setQuery({ topic: name })} />
      <section class="card flush" aria-label="All webhooks">
        <AsyncContent loaded={loaded} what="webhooks">
          {({ webhooks, nextCursor }) => (
            <>
              {webhooks.length > 0 && <WebhookTable webhooks={webhooks} />}
              {webhooks.length === 0 && nextCursor === null && <NoWebhooks topicName={topic} />}
              {nextCursor !== null && <MoreButton what="more webhooks" load={loaded.loadMore} />}
            </>
          )}
        </AsyncContent>
      </section>
    </Page>
  );
}

function NoWebhooks({ topicName }: { topicName: string }) {
  if (topicName !== "") {
    return (
      <Empty title={`No webhook listens to the topic ${topicName}.`}>
        <p>Topics must match exactly. Clear the filter to see every webhook of the cache.</p>
      </Empty>
    );
  }
  return (
    <Empty title="This cache has no webhooks yet.">
      <p>
        A webhook posts everything published to its topic to a URL. Start with “New webhook”, or
        check the name of the cache.
      </p>
    </Empty>
  );
}

function CacheTrail({ cacheName }: { cacheName: string }) {
  return (
    <ol>
      <li>
        <a href={`${hrefTo({ screen: "start" })}?cache=${encodeURIComponent(cacheName)}`}>
          <CutText text={cacheName} />
        </a>
      </li>
    </ol>
  );
}
