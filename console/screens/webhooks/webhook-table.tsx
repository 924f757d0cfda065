import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Badge } from "../../parts/badge.tsx";
import { StateMark } from "../../parts/state-mark.tsx";
import { CutText } from "../../parts/text/cut-text.tsx";
import { When } from "../../parts/when.tsx";
import { hrefTo } from "../../state/address/route.ts";
import { countText } from "../../state/numbers.ts";

export function WebhookTable({ webhooks }: { webhooks: readonly Webhook[] }) {
  return (
    <table class="rows webhooks">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Webhook</th>
          <th scope="col">Topic</th>
          <th scope="col">Posts to</th>
          <th scope="col">Last success</th>
          <th scope="col" class="number">
            Waiting
          </th>
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
  const {
    webhookId,
    id,
    topicName,
    destination,
    webhookStatus,
    statusReason,
    cacheStatus,
    health,
  } = webhook;
  return (
    <tr>
      <td data-label="State">
        {health ? <StateMark state={health.state} /> : <Badge status={webhookStatus} />}
        {statusReason && <span class="hint"> {statusReason}</span>}
        {cacheStatus && <span class="hint"> cache suspended</span>}
      </td>
      <th scope="row" data-label="Webhook" class="name">
        <a href={hrefTo({ screen: "webhook", webhookId })} data-row>
          <CutText text={id.webhookName} />
        </a>
      </th>
      <td data-label="Topic" class="cache">
        <CutText text={topicName} />
      </td>
      <td data-label="Posts to" class="result">
        <CutText text={destination.postUrl} />
      </td>
      <td data-label="Last success">
        {health?.lastSuccessTime ? (
          <When time={health.lastSuccessTime} isAgo />
        ) : (
          <span class="quiet">—</span>
        )}
      </td>
      <td data-label="Waiting" class="number">
        {countText(health?.waiting ?? 0)}
      </td>
    </tr>
  );
}
