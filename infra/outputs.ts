import type { Api } from "./api.ts";
import type { Console } from "./console/console.ts";
import type { Egress } from "./egress.ts";
import type { Queues } from "./queues.ts";
import type { Storage } from "./storage.ts";

/** As a stack's output takes it. */
export interface Output {
  readonly value: string;
  readonly description: string;
}

/** By the names under which operators' programs know them. */
export type Outputs = ReturnType<typeof outputsOf>;

interface Parts {
  readonly storage: Storage;
  readonly queues: Queues;
  readonly api: Api;
  readonly console: Console | undefined;
  readonly egress: Egress;
}

/** Operators' programs are given these as environment variables, under these very names. */
export function outputsOf({ storage, queues, api, console, egress }: Parts) {
  return {
    ApiUrl: { value: api.url, description: "Where the API answers" },
    ...(api.publishUrl && {
      PublishUrl: { value: api.publishUrl, description: "Where publishing costs no gateway" },
    }),
    WebhooksTable: forPrograms(storage.webhooks.tableName),
    MessagesTable: forPrograms(storage.messages.tableName),
    DeliveriesTable: forPrograms(storage.deliveries.tableName),
    ApiKeysTable: forPrograms(storage.apiKeys.tableName),
    ...(storage.outbox && {
      OutboxTable: {
        value: storage.outbox.tableName,
        description: "What is written to this table is published",
      },
    }),
    ...deliveryOutputs(queues),
    FanOutQueue: forPrograms(queues.fanOut.queue.queueUrl),
    NewcomerQueue: forPrograms(queues.newcomer.queue.queueUrl),
    SlowQueue: forPrograms(queues.slow.queue.queueUrl),
    RetryQueue: forPrograms(queues.retry.queue.queueUrl),
    ...ingestOutputs(queues),
    RecoverQueue: forPrograms(queues.recover.queue.queueUrl),
    DataKey: forPrograms(storage.dataKey.keyArn),
    ...domainOutputs(api),
    ...(egress.addresses.length > 0 && {
      EgressAddresses: {
        value: egress.addresses.join(","),
        description: "Where deliveries come from, for receivers' firewalls",
      },
    }),
    ...(console && {
      ConsoleUrl: { value: console.url, description: "The web page for operators" },
    }),
  };
}

function forPrograms(value: string): Output {
  return { value, description: "For operators' programs" };
}

/** `DeliveryQueue`, and `DeliveryQueue2` and so on where there are several. */
function deliveryOutputs({ deliveries }: Queues): Record<string, Output> {
  return Object.fromEntries(
    deliveries.map(({ queue }, shard) => [
      `DeliveryQueue${shard === 0 ? "" : shard + 1}`,
      forPrograms(queue.queueUrl),
    ]),
  );
}

/** `IngestQueue`, or `IngestQueueOrders` and so on where there are sources. */
function ingestOutputs({ ingests }: Queues): Record<string, Output> {
  return Object.fromEntries(
    ingests.map(({ queue, node }) => [
      node.id.replace("Ingest", "IngestQueue"),
      { value: queue.queueUrl, description: "What is sent to this queue is published" },
    ]),
  );
}

function domainOutputs({ domain }: Api) {
  if (!domain) return {};
  return {
    DomainUrl: { value: `https://${domain.name}`, description: "The same API under its own name" },
    DomainTarget: {
      value: domain.regionalDomainName,
      description: "Make the domain name a CNAME of this, or an alias in Route 53",
    },
  };
}
