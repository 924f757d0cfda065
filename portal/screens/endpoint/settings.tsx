import { Facts } from "../../../console/parts/facts.tsx";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { t } from "../../language/language.ts";
import { When } from "../../parts/when.tsx";

export function Settings({ endpoint }: { endpoint: Webhook }) {
  const { webhookId, id, destination, topicName, events, createdTime, lastModifiedTime } = endpoint;
  const facts = {
    [t("endpoint.url")]: <code>{destination.postUrl}</code>,
    ...(id.webhookName !== webhookId && { [t("endpoint.name")]: id.webhookName }),
    [t("endpoint.topic")]: topicName,
    [t("endpoints.events")]:
      events.length === 0
        ? t("endpoints.every")
        : events.map((event) => (
            <code key={event} class="line">
              {event}
            </code>
          )),
    [t("endpoint.since")]: <When time={createdTime} />,
    [t("endpoint.changed")]: <When time={lastModifiedTime} />,
    [t("endpoint.id")]: <code class="id">{webhookId}</code>,
  };
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">{t("endpoint.settings")}</h2>
      <Facts facts={facts} />
    </section>
  );
}
