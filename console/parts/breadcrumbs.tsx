import type { Webhook } from "../../shared/contract/webhook.ts";
import { hrefTo } from "../state/address/route.ts";

/** The way to a webhook, or through one to what belongs to it. */
export function Breadcrumbs({ webhook, isThrough }: { webhook: Webhook; isThrough?: boolean }) {
  const { webhookId, id } = webhook;
  return (
    <ol>
      <li>
        <a href={hrefTo({ screen: "webhooks", cacheName: id.cacheName })}>
          Webhooks of {id.cacheName}
        </a>
      </li>
      {isThrough && (
        <li>
          <a href={hrefTo({ screen: "webhook", webhookId })}>{id.webhookName}</a>
        </li>
      )}
    </ol>
  );
}
