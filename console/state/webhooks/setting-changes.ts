import type { Webhook } from "../../../shared/contract/webhook.ts";

export interface SettingChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What a webhook's settings say, in words. */
export function settingTexts(webhook: Webhook) {
  const { topicName, destination, events, productId, config } = webhook;
  return {
    URL: destination.postUrl,
    Topic: topicName,
    Events: events.length === 0 ? "every event" : events.join(", "),
    Product: String(productId ?? "any or none"),
    Format: config.format,
    "Time-out": `${config.timeoutSeconds} s`,
    Filter: config.filter ? JSON.stringify(config.filter) : "none",
    Limit: config.maxPerSecond === undefined ? "none" : `${config.maxPerSecond} POSTs a second`,
  } as const;
}

/** How two versions of a webhook differ. Of headers the names alone are told: their values may be tokens. */
export function settingChanges(before: Webhook, after: Webhook): SettingChange[] {
  const [old, current] = [settingTexts(before), settingTexts(after)];
  const names = Object.keys(old) as (keyof typeof old)[];
  return [
    ...names
      .filter((name) => old[name] !== current[name])
      .map((name) => ({ name, before: old[name], after: current[name] })),
    ...headerChanges(before.config.customHeaders, after.config.customHeaders),
  ];
}

type Headers = Webhook["config"]["customHeaders"];

function headerChanges(before: Headers, after: Headers): SettingChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      name: `Header ${name}`,
      before: before[name] === undefined ? "not sent" : "•••",
      after: headerAfter(before[name], after[name]),
    }));
}

function headerAfter(before: string | undefined, after: string | undefined): string {
  if (after === undefined) return "not sent";
  return before === undefined ? "•••" : "another value";
}
