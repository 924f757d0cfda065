import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Badge } from "../../parts/badge.tsx";
import { hrefTo } from "../../state/route.ts";
import { RecentOutcomes } from "../charts/recent-outcomes.tsx";

export function WebhookTable({ webhooks }: { webhooks: readonly Webhook[] }) {
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">Webhook</th>
          <th scope="col">Topic</th>
          <th scope="col">Posts to</th>
          <th scope="col">Status</th>
          <th scope="col">Last deliveries</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <WebhookRow key={webhook.webhookId} webhook={webhook} />
        ))}
      </tbody>
    </table>
  );
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { webhookId, id, topicName, destination, webhookStatus, statusReason, cacheStatus } =
    webhook;
  return (
    <tr>
      <th scope="row" data-label="Webhook">
        <a href={hrefTo({ screen: "webhook", webhookId })}>{id.webhookName}</a>
      </th>
      <td data-label="Topic">{topicName}</td>
      <td data-label="Posts to">
        <code>{destination.postUrl}</code>
      </td>
      <td data-label="Status">
        <Badge status={webhookStatus} />
        {statusReason && <span class="hint"> {statusReason}</span>}
        {cacheStatus && <span class="hint"> cache suspended</span>}
      </td>
      <td data-label="Last deliveries">
        <RecentOutcomes webhookId={webhookId} />
      </td>
    </tr>
  );
}
