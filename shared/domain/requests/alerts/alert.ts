import * as z from "zod/mini";
import type { MessageMetadata } from "../../../contract/jobs.ts";
import type { Payload } from "../../../contract/message.ts";
import { isOurTopic } from "../../../contract/values/names.ts";
import { printable } from "../../../contract/values/printable.ts";
import {
  certificateCode,
  eventCodes,
  filterCode,
  suppressedCode,
  testCode,
} from "../../messages/operational-event.ts";

/** What people read in a chat: no markup, and nothing in it is read as such. */
export interface Alert {
  readonly title: string;
  readonly text: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** None where the deployment has no console. */
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

type AlertMessage = Pick<MessageMetadata, "cacheName" | "topicName" | "event" | "messageId"> & {
  readonly payload: Payload;
};

/** What operational events tell, each some of it. */
const Told = z.partial(
  z.object({
    webhookId: z.string(),
    webhookName: z.string(),
    messageId: z.string(),
    topicName: z.string(),
    attempt: z.int(),
    error: z.string(),
    statusReason: z.string(),
    reason: z.string(),
    nextFreeTime: z.string(),
    waiting: z.int(),
    expiryTime: z.string(),
    daysLeft: z.int(),
    startTime: z.string(),
    endTime: z.string(),
    counts: z.record(z.string(), z.int()),
  }),
);
type Told = z.infer<typeof Told>;

type Words = Pick<Alert, "title" | "text"> & {
  readonly facts: readonly (readonly [label: string, value: string | number | undefined])[];
};

const reasons: Readonly<Record<string, string>> = {
  gone: "Its receiver said that it is gone.",
  failing: "Every attempt failed for days.",
};

const filterReasons: Readonly<Record<string, string>> = {
  unreadable: "It cannot be read. Put it again.",
  costly: "It takes too much work for the values that are published. Make it simpler.",
};

const countLabels: readonly (readonly [code: string, label: string])[] = [
  [eventCodes.failed, "Failed deliveries"],
  [eventCodes.disabled, "Webhooks switched off"],
  [eventCodes.recovered, "Webhooks that work again"],
  [eventCodes.limited, "Webhooks that fall behind"],
];

const words: Readonly<Record<string, (told: Told, cacheName: string) => Words>> = {
  [eventCodes.failed]: (told) => ({
    title: `Delivery failed: ${told.webhookName}`,
    text: "A message was not delivered and is not tried again. Once the receiver is fixed, send it again.",
    facts: [
      ["Topic", told.topicName],
      ["Message", told.messageId],
      ["Attempts", told.attempt],
      ["Last error", told.error],
    ],
  }),
  [eventCodes.disabled]: ({ webhookName, statusReason = "" }) => ({
    title: `Webhook switched off: ${webhookName}`,
    text: `${reasons[statusReason] ?? "It was switched off."} Nothing is delivered to it until somebody sets it active again.`,
    facts: [],
  }),
  [eventCodes.recovered]: ({ webhookName }) => ({
    title: `Webhook works again: ${webhookName}`,
    text: "Its receiver accepts deliveries again. What waited is being sent.",
    facts: [],
  }),
  [eventCodes.limited]: ({ webhookName, waiting, nextFreeTime }) => ({
    title: `Webhook falls behind: ${webhookName}`,
    text: "More messages arrive than its rate lets through. They are delivered late.",
    facts: [
      ["Waiting", waiting],
      ["Next free time", nextFreeTime],
    ],
  }),
  [filterCode]: ({ webhookName, reason = "" }) => ({
    title: `Filter failed: ${webhookName}`,
    text: `Messages do not reach the webhook because of its filter. ${filterReasons[reason] ?? ""}`.trim(),
    facts: [],
  }),
  [certificateCode]: ({ webhookName, daysLeft, expiryTime }) => ({
    title: `Certificate expires: ${webhookName}`,
    text: "The client certificate of the webhook is about to expire. Renew it, or its receiver will refuse deliveries.",
    facts: [
      ["Days left", daysLeft],
      ["Expires", expiryTime],
    ],
  }),
  [suppressedCode]: ({ startTime, endTime, counts = {} }, cacheName) => ({
    title: `Many alerts at once: ${cacheName}`,
    text: "More happened within a minute than is told one by one. This is the sum.",
    facts: [
      ["From", startTime],
      ["To", endTime],
      ...countLabels.map(([code, label]) => [label, counts[code] || undefined] as const),
    ],
  }),
  [testCode]: ({ webhookName }) => ({
    title: `Test alert: ${webhookName}`,
    text: "This is how alerts arrive. Nothing is wrong.",
    facts: [],
  }),
};

/**
 * What an operational event says in plain words. Of any other message, such as one that was waiting when its webhook
 * moved to the topic of alerts, it says that there is one and nothing of its value.
 */
export function alertOf(message: AlertMessage, consoleUrl: string): Alert {
  const { cacheName, topicName, event, messageId, payload } = message;
  const tell = isOurTopic(topicName) ? words[String(event)] : undefined;
  if (!tell) {
    const facts = [["Cache", shown(cacheName)] as const, ["Message", messageId] as const];
    const title = `A message of the topic ${shown(topicName)}`;
    return { title, text: "This format shows alerts alone.", facts, links: [] };
  }
  const told = toldIn(payload);
  const { title, text, facts } = tell(told, shown(cacheName));
  const known = facts.flatMap(([label, value]) =>
    value === undefined ? [] : [[label, String(value)] as const],
  );
  return {
    title,
    text,
    facts: [["Cache", shown(cacheName)], ...known],
    links: consoleUrl === "" ? [] : linksTo(consoleUrl, cacheName, told),
  };
}

function toldIn(payload: Payload): Told {
  const told = payload.kind === "json" ? z.safeParse(Told, JSON.parse(payload.text)).data : {};
  const { webhookName = "unknown", topicName, error, ...others } = told ?? {};
  return {
    ...others,
    webhookName: shown(webhookName),
    ...(topicName !== undefined && { topicName: shown(topicName) }),
    ...(error !== undefined && { error: shown(error, 300) }),
  };
}

/** Names and errors are others' text: without what turns text around, and cut where they are long. */
function shown(text: string, maxCharacters = 80): string {
  const characters = [...printable(text)];
  if (characters.length <= maxCharacters) return characters.join("");
  return `${characters.slice(0, maxCharacters - 1).join("")}…`;
}

/** The console's own pages; its address ends in a slash. */
function linksTo(consoleUrl: string, cacheName: string, told: Told): Alert["links"] {
  const { webhookId, messageId } = told;
  if (webhookId === undefined) {
    const url = `${consoleUrl}#/caches/${encodeURIComponent(cacheName)}/webhooks`;
    return [{ title: "Open the webhooks", url }];
  }
  const url = `${consoleUrl}#/webhooks/${encodeURIComponent(webhookId)}`;
  const webhook = { title: "Open the webhook", url };
  if (messageId === undefined) return [webhook];
  const delivery = `${url}/deliveries/${encodeURIComponent(messageId)}`;
  return [webhook, { title: "Open the delivery", url: delivery }];
}
