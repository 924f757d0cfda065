import { hookcast } from "../../../console/state/hookcast.ts";
import { now } from "../../../console/state/now.ts";
import type { WebhookHealth } from "../../../shared/contract/health.ts";
import { isSuspendedWithCache } from "../../../shared/contract/values/suspended.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { t } from "../../language/language.ts";
import { agoText, millisecondsText, timeText } from "../../language/times.ts";
import { WorkButton } from "../../parts/work-button.tsx";
import { may } from "../../state/session.ts";
import { whyKey } from "../../state/why.ts";

interface HealthNoticeProps {
  endpoint: Webhook;
  health: WebhookHealth;
  onChanged: () => Promise<void>;
}

/** What keeps events from arriving, since when, why, and what can be done. */
export function HealthNotice({ endpoint, health, onChanged }: HealthNoticeProps) {
  const { webhookId } = endpoint;
  const { state, lastError, lastStatusCode, waiting, nextProbeTime } = health;
  if (state === "ok") return null;
  const since = timeText(Date.parse(health.since), now.value);
  const error = lastError ?? (lastStatusCode === null ? null : `HTTP ${lastStatusCode}`);
  const isPaused = isSuspendedWithCache(health);
  const isFailing = !isPaused && (state === "held" || state === "failing");
  const why = isFailing ? whyKey({ statusCode: lastStatusCode, error: lastError }) : undefined;
  const check = async () => {
    const { delivered, statusCode, latencyMs, error } = await hookcast().testWebhook({ webhookId });
    await onChanged();
    const time = millisecondsText(latencyMs);
    return delivered
      ? t("test.delivered", { time, status: String(statusCode) })
      : t("test.failed", { time, error: error ?? `HTTP ${statusCode}` });
  };
  const resume = async () => {
    const { waiting } = await hookcast().resumeWebhook({ webhookId });
    await onChanged();
    return t("health.resumed", { count: waiting });
  };
  return (
    <div class={`notice banner ${isFailing ? "bad" : "warn"}`}>
      <p>
        <strong>
          {state === "disabled"
            ? offText(endpoint)
            : t(isPaused ? "health.paused" : `health.${state}`, { since })}
        </strong>
        {isFailing && error !== null && <> {t("health.last", { error })}</>}
        {why && <> {t(why)}</>}
        {waiting > 0 && <> {t("health.waiting", { count: waiting })}</>}
        {nextProbeTime !== null && (
          <> {t("health.next", { when: agoText(Date.parse(nextProbeTime), now.value) })}</>
        )}
      </p>
      {state !== "disabled" && !isPaused && may("resend") && (
        <div class="actions">
          {isFailing && <WorkButton work={check}>{t("health.check")}</WorkButton>}
          <WorkButton work={resume}>{t("health.resume")}</WorkButton>
        </div>
      )}
    </div>
  );
}

function offText({ statusReason }: Webhook): string {
  if (statusReason === "gone") return t("health.gone");
  return t(statusReason === "failing" ? "health.gaveUp" : "health.off");
}
