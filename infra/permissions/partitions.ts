import type { Connections } from "./connections.ts";
import type { Link, RowAction } from "./links.ts";

/** A webhook's rows change together, in one transaction that also checks those it leaves alone. */
export const looks: readonly RowAction[] = ["GetItem", "Query", "ConditionCheckItem"];
export const changes: readonly RowAction[] = ["PutItem", "UpdateItem", "DeleteItem"];

/**
 * The partitions of the table of webhooks: `cache` holds the webhooks themselves, `topic` who subscribes,
 * `id` where a webhook is or was, `caches` which caches there are, `vault` the wrapped data keys. Which of them seals is nobody's to write.
 */
export const settings = ["cache/*", "topic/*"];
export const existence = [...settings, "id/*"];
export const health = ["health/*", "breakers"];
/** Which webhooks may be anything but ok: `deliver` and changes add some, the sweep takes some out. */
export const unwell = ["unwell/*", "unwell-caches"];
/** A webhook that is new has yet to show that it responds fast. */
export const newcomers = ["health/*"];
/** What each version of a webhook has, for as long as attempts of it are in the log; nobody changes or deletes it. */
export const versions = ["settings/*"];
/** The key pairs of caches; the first webhook that signs with them makes them. */
export const signingKeys = ["signing-keys/*"];
/** Access tokens of webhooks with auth of their own, and who is fetching the next one. */
export const tokens = ["token/*"];

/** When it is told that certificates of webhooks expire; the sweep takes out what it has told. */
export const notices = ["certificates"];

/** Of the table of API keys: those of the portal, beside the keys. */
export const sessions = ["ses_*"];

/** The event types, and the list of them; they are for every cache. */
export const catalogue = ["event-type/*", "event-types"];

export function opensSecrets(to: Connections): Link {
  return to.dataKey("Decrypt");
}

/** How many deliveries wait for a webhook, and what came of the last attempt, are parts of its health. */
export function looksAtHealth(to: Connections): Link[] {
  return [to.undelivered("Query"), to.deliveryRows(["stats/*"], "Query"), to.deliveryStats];
}

/** Has what waits for a webhook go out, by its breaker's drain. */
export function repairs(to: Connections): Link[] {
  return [
    to.deliveriesTable,
    to.undelivered("Query"),
    to.webhookRows(health, "PutItem", "DeleteItem"),
    to.webhookRows(unwell, "BatchWriteItem"),
    to.retryQueue,
  ];
}

/** What acceptance takes, whichever way a message comes in. */
export function publishes(to: Connections): Link[] {
  return [
    to.webhooks("GetItem", "Query"),
    to.webhookRows(["event-type/*"], "BatchGetItem"), // the types of a batch's events
    to.unknownEvents,
    to.messages("GetItem", "PutItem", "UpdateItem", "BatchWriteItem"),
    to.deliveryQueue,
    to.fanOutQueue,
    to.retentionDays,
    to.tracing,
    to.metrics,
  ];
}
