import type { Client } from "../../client/client.ts";
import type { Behaviour } from "./receiver.ts";

interface DemoWebhook {
  readonly name: string;
  readonly topic: string;
  readonly behaviour: Behaviour;
}

/** Some tenants of a shop's platform, each a cache of its own, with webhooks that work and some that do not. */
export const tenants: Readonly<Record<string, readonly DemoWebhook[]>> = {
  acme: [
    { name: "erp-connector", topic: "orders", behaviour: "broken" },
    { name: "warehouse", topic: "orders", behaviour: "ok" },
    { name: "analytics-export", topic: "orders", behaviour: "slow" },
    { name: "billing", topic: "invoices", behaviour: "ok" },
    { name: "crm-sync", topic: "customers", behaviour: "ok" },
  ],
  globex: [
    { name: "billing", topic: "invoices", behaviour: "ok" },
    { name: "fraud-check", topic: "orders", behaviour: "flaky" },
    { name: "notifications", topic: "orders", behaviour: "ok" },
    { name: "legacy-importer", topic: "customers", behaviour: "gone" },
  ],
  hooli: [
    { name: "data-lake", topic: "orders", behaviour: "ok" },
    {
      name: "data-lake-eu-central-1-with-a-name-that-says-everything",
      topic: "customers",
      behaviour: "ok",
    },
    { name: "invoice-archive", topic: "invoices", behaviour: "ok" },
    { name: "churn-model", topic: "customers", behaviour: "slow" },
  ],
  initech: [
    { name: "reports", topic: "invoices", behaviour: "busy" },
    { name: "search-indexer", topic: "customers", behaviour: "ok" },
    { name: "shipping-labels", topic: "orders", behaviour: "ok" },
  ],
  "massive-dynamic": [
    { name: "lab-orders", topic: "orders", behaviour: "ok" },
    { name: "ledger", topic: "invoices", behaviour: "ok" },
    { name: "partner-portal", topic: "customers", behaviour: "broken" },
  ],
  soylent: [
    { name: "kitchen-display", topic: "orders", behaviour: "ok" },
    { name: "loyalty", topic: "customers", behaviour: "ok" },
    { name: "tax-filing", topic: "invoices", behaviour: "ok" },
  ],
  umbrella: [
    { name: "orders-to-sap", topic: "orders", behaviour: "ok" },
    { name: "customer-care", topic: "customers", behaviour: "ok" },
    { name: "ledger", topic: "invoices", behaviour: "ok" },
    { name: "cold-chain", topic: "orders", behaviour: "flaky" },
  ],
  wayne: [
    { name: "fleet", topic: "orders", behaviour: "ok" },
    { name: "donations", topic: "invoices", behaviour: "ok" },
    { name: "crm", topic: "customers", behaviour: "ok" },
    { name: "night-audit", topic: "invoices", behaviour: "ok" },
  ],
};

export async function putTenants(client: Client, receiverUrl: string): Promise<number> {
  const puts = Object.entries(tenants).flatMap(([cacheName, webhooks]) =>
    webhooks.map(({ name, topic, behaviour }) =>
      client.putWebhook({
        ...{ cacheName, webhookName: name, topicName: topic },
        destination: { postUrl: `${receiverUrl}/${behaviour}/${cacheName}/${name}` },
      }),
    ),
  );
  return (await Promise.all(puts)).length;
}
