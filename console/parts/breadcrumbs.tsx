import type { Webhook } from "../../shared/contract/webhook.ts";
import { hrefTo } from "../state/address/route.ts";
import { CutText } from "./text/cut-text.tsx";

/** The way to a webhook, or through one to what belongs to it. */
export function Breadcrumbs({ webhook, isThrough }: { webhook: Webhook; isThrough?: boolean }) {
  const { webhookId, id } = webhook;
  return (
    <ol>
      <li>
        <a href={hrefTo({ screen: "webhooks", cacheName: id.cacheName })}>
          Webhooks of <CutText text={id.cacheName} />
        </a>
      </li>
      {isThrough && (
        <li>
          <a href={hrefTo({ screen: "webhook", webhookId })}>
            <CutText text={id.webhookName} />
          </a>
        </li>
      )}
    </ol>
  );
}
