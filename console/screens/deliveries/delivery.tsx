import { AsyncContent } from "../../parts/async-content.tsx";
import { Badge } from "../../parts/badge.tsx";
import { Breadcrumbs } from "../../parts/breadcrumbs.tsx";
import { Page } from "../../parts/page.tsx";
import { useDelivery } from "../../state/deliveries/delivery.ts";
import { session } from "../../state/session.ts";
import { useWebhook } from "../../state/webhooks/webhook.ts";
import { Attempts } from "./attempts.tsx";
import { DeliveryFacts } from "./delivery-facts.tsx";
import { RetryButton } from "./retry-button.tsx";

interface DeliveryScreenProps {
  webhookId: string;
  messageId: string;
}

/** One message to one webhook: how it stands, each attempt with its answer, and what was sent. */
export function DeliveryScreen({ webhookId, messageId }: DeliveryScreenProps) {
  const { value: known, error } = useWebhook(webhookId);
  const loaded = useDelivery(webhookId, messageId);
  const delivery = loaded.value;
  // The log of a deleted webhook outlives it, and then only the session knows the cache.
  const cacheName = error === undefined ? known?.webhook.id.cacheName : session.value?.cacheName;
  return (
    <Page
      title="Delivery"
      trail={known && <Breadcrumbs webhook={known.webhook} isThrough />}
      aside={delivery && <Badge status={delivery.status} />}
      actions={
        delivery && (
          <RetryButton webhookId={webhookId} messageId={messageId} onRetried={loaded.awaitChange} />
        )
      }
    >
      <AsyncContent loaded={loaded} what="the delivery">
        {(delivery) => (
          <div class="columns">
            <div class="stack">
              <Attempts delivery={delivery} />
            </div>
            <DeliveryFacts delivery={delivery} cacheName={cacheName} />
          </div>
        )}
      </AsyncContent>
    </Page>
  );
}
