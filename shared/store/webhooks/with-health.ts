import type { WebhookState } from "../../contract/health.ts";
import type { Webhook } from "../../contract/webhook.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { HealthView } from "../health/health-view.ts";

export interface ShownWebhook {
  readonly record: WebhookRecord;
  readonly webhook: Webhook;
}

/** What a list may ask of health. */
export interface HealthAsked {
  readonly include?: "health" | undefined;
  readonly state?: readonly WebhookState[] | undefined;
}

export function looksAtHealth({ include, state }: HealthAsked): boolean {
  return include !== undefined || state !== undefined;
}

/** Whether only webhooks are asked for that the index of those that are not ok has. */
export function asksForUnwell({ state }: HealthAsked): boolean {
  return state !== undefined && !state.includes("ok");
}

/** Those of the webhooks that are in one of the states asked for, with their health where that is asked for. */
export async function withHealth(
  shown: readonly ShownWebhook[],
  asked: HealthAsked,
  { healthsOf }: Pick<HealthView, "healthsOf">,
): Promise<Webhook[]> {
  if (!looksAtHealth(asked)) return shown.map(({ webhook }) => webhook);
  const { include, state } = asked;
  const healths = await healthsOf(shown.map(({ record }) => record));
  return shown.flatMap(({ webhook }, index) => {
    const health = healths[index];
    if (!health || (state && !state.includes(health.state))) return [];
    return [include ? { ...webhook, health } : webhook];
  });
}
