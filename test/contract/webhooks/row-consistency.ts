import * as z from "zod/mini";
import type { Row } from "./webhook-rows.ts";

const Webhook = z.object({
  cacheName: z.string(),
  webhookName: z.string(),
  webhookId: z.string(),
  topicName: z.string(),
  format: z.string(),
  productId: z.unknown(),
  events: z.unknown(),
  status: z.string(),
});
type Webhook = z.infer<typeof Webhook>;

/** What is wrong with rows that are a whole: one sentence for each, none where they agree. */
export function contradictions(rows: readonly Row[]): string[] {
  const webhooks = ofKind(rows, "cache", "webhook/").map((row) => Webhook.parse(row));
  return [
    ...difference(
      "subscription",
      webhooks.map(subscriptionOf),
      ofKind(rows, "topic", "webhook/").map(shownSubscription),
    ),
    ...difference(
      "count",
      tally(webhooks.map(({ cacheName }) => cacheName)),
      numbersIn(rows, "cache", "count"),
    ),
    ...difference(
      "momento webhooks",
      tally(webhooks.filter(({ format }) => format === "momento").map(topicOf)),
      numbersIn(rows, "topic", "momento"),
    ),
  ];
}

/** The same for the rows that lead from an id to its webhook, deleted ones aside. */
export function strayIds(rows: readonly Row[]): string[] {
  const alive = ofKind(rows, "id", "webhook").filter((row) => row.deletedTimeMs === undefined);
  return difference(
    "id",
    ofKind(rows, "cache", "webhook/").map(
      (row) => `${row.webhookId} ${row.cacheName}/${row.webhookName}`,
    ),
    alive.map((row) => `${row.pk.slice("id/".length)} ${row.cacheName}/${row.webhookName}`),
  );
}

function ofKind(rows: readonly Row[], partition: string, sort: string): Row[] {
  return rows.filter(({ pk, sk }) => pk.startsWith(`${partition}/`) && sk.startsWith(sort));
}

function topicOf({ cacheName, topicName }: Webhook): string {
  return `${cacheName}/${topicName}`;
}

function subscriptionOf(webhook: Webhook): string {
  const { webhookId, productId, events, status } = webhook;
  return JSON.stringify([
    topicOf(webhook),
    webhook.webhookName,
    webhookId,
    productId,
    events,
    status,
  ]);
}

function shownSubscription({ pk, webhookName, webhookId, productId, events, status }: Row): string {
  return JSON.stringify([
    pk.slice("topic/".length),
    webhookName,
    webhookId,
    productId,
    events,
    status,
  ]);
}

/** What a number that is kept beside the webhooks says, where it says anything but none. */
function numbersIn(rows: readonly Row[], partition: string, attribute: string): string[] {
  return rows
    .filter(
      ({ pk, [attribute]: value }) =>
        pk.startsWith(`${partition}/`) && typeof value === "number" && value !== 0,
    )
    .map((row) => `${row.pk.slice(partition.length + 1)}: ${row[attribute]}`);
}

function tally(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name}: ${count}`);
}

function difference(what: string, expected: readonly string[], found: readonly string[]): string[] {
  const [wanted, there] = [new Set(expected), new Set(found)];
  return [
    ...expected.filter((one) => !there.has(one)).map((one) => `lacks the ${what} ${one}`),
    ...found.filter((one) => !wanted.has(one)).map((one) => `has a stray ${what} ${one}`),
  ];
}
