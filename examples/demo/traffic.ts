import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "../../client/client.ts";
import { tenants } from "./tenants.ts";

const events: Readonly<Record<string, readonly string[]>> = {
  orders: ["order.created", "order.paid", "order.shipped"],
  invoices: ["invoice.created", "invoice.paid"],
  customers: ["customer.updated"],
};
const pauseMs = 700;

/** Publishes now this, now that, until it is told to stop. */
export async function publishAlways(client: Client, signal: AbortSignal): Promise<void> {
  const places = Object.entries(tenants).flatMap(([cacheName, webhooks]) =>
    [...new Set(webhooks.map(({ topic }) => topic))].map((topicName) => ({ cacheName, topicName })),
  );
  for (let number = 1; !signal.aborted; number += 1) {
    const place = oneOf(places);
    const event = place && oneOf(events[place.topicName] ?? []);
    if (place && event)
      await client.publish({ ...place, event, value: orderOf(number) }, { signal });
    await pause(pauseMs, undefined, { signal });
  }
}

function orderOf(number: number) {
  return {
    id: `ord_${10_000 + number}`,
    amount: (20 + 480 * Math.random()).toFixed(2),
    currency: "EUR",
    items: 1 + Math.floor(4 * Math.random()),
  };
}

function oneOf<T>(list: readonly T[]): T | undefined {
  return list[Math.floor(list.length * Math.random())];
}
