import { isSuspendedWithCache } from "../../../shared/contract/values/suspended.ts";
import { Sparkline } from "../../parts/sparkline.tsx";
import { StateMark } from "../../parts/state-mark.tsx";
import { CutText } from "../../parts/text/cut-text.tsx";
import { When } from "../../parts/when.tsx";
import { hrefTo } from "../../state/address/route.ts";
import { countText, shareText } from "../../state/numbers.ts";
import { dayTotals, type OverviewWebhook } from "../../state/overview.ts";
import { lastResult, lastResultTime } from "../../state/webhooks/last-result.ts";
import { ResumeButton } from "../webhooks/resume-button.tsx";

interface OverviewTableProps {
  webhooks: readonly OverviewWebhook[];
  onChanged: () => Promise<void>;
}

export function OverviewTable({ webhooks, onChanged }: OverviewTableProps) {
  return (
    <table class="rows overview">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Webhook</th>
          <th scope="col">Cache</th>
          <th scope="col">24 h</th>
          <th scope="col" class="number" title="Of the deliveries that ended in the last 24 hours">
            Success
          </th>
          <th scope="col">Last result</th>
          <th scope="col">Since</th>
          <th scope="col" class="number">
            Waiting
          </th>
          <th scope="col">
            <span class="unseen">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <Row key={webhook.webhookId} webhook={webhook} onChanged={onChanged} />
        ))}
      </tbody>
    </table>
  );
}

/** The clock tells which incident it is, the span how bad it is. */
function Since({ time }: { time: string }) {
  return (
    <>
      <When time={time} isToTheMinute />
      <span class="quiet since-ago">
        {" · "}
        <When time={time} isAgo />
      </span>
    </>
  );
}

interface RowProps {
  webhook: OverviewWebhook;
  onChanged: () => Promise<void>;
}

function Row({ webhook, onChanged }: RowProps) {
  const { webhookId, webhookName, cacheName, health, hours } = webhook;
  const { state, since, waiting } = health;
  const day = dayTotals(hours);
  const result = lastResult(health);
  const resultTime = lastResultTime(health);
  const isUnwell = state === "held" || state === "failing" || state === "limited";
  // Only an operator resumes a cache.
  const canResume = isUnwell && !isSuspendedWithCache(health);
  return (
    <tr>
      <td data-label="State" class="in-state">
        <StateMark state={state} />
      </td>
      <th scope="row" data-label="Webhook" class="name">
        <a href={hrefTo({ screen: "webhook", webhookId })} data-row>
          <CutText text={webhookName} />
        </a>
      </th>
      <td data-label="Cache" class="cache">
        <CutText text={cacheName} />
      </td>
      <td data-label="24 h" class="in-day">
        {hours === null ? <span class="quiet">—</span> : <Sparkline hours={hours} />}
      </td>
      <td data-label="Success" class="number in-success">
        {day === null ? "—" : shareText(day.delivered, day.delivered + day.failed)}
      </td>
      <td data-label="Last result" class="result">
        {result === null ? <span class="quiet">—</span> : <CutText text={result} />}
        {resultTime !== undefined && (
          <span class="quiet">
            {" · "}
            <When time={resultTime} isAgo />
          </span>
        )}
      </td>
      <td data-label="Since" class="in-since">
        {state === "ok" ? <span class="quiet">—</span> : <Since time={since} />}
      </td>
      <td data-label="Waiting" class="number in-waiting">
        {waiting >= 1000 ? "1,000+" : countText(waiting)}
      </td>
      <td class="row-action">
        {canResume && (
          <ResumeButton webhookId={webhookId} what={webhookName} onResumed={onChanged} />
        )}
      </td>
    </tr>
  );
}
