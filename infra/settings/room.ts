import * as z from "zod/mini";

/** What takes room among the 500 resources that a stack holds. */
interface Taking {
  readonly deliveryShards: number;
  readonly ingest: boolean;
  readonly ingestSources: readonly unknown[];
  readonly outbox: boolean;
  readonly publishUrl: boolean;
}

/** Each further queue is seven resources of the 500 that a stack holds, and an address in 4 KB of variables. */
export const maxShards = 16;
/** With ingest, whose function and alarms are resources as well. */
const maxShardsAndSources = 14;
/** The table of the outbox, its function and its alarms are as many resources as two queues. */
const outboxQueues = 2;
/** The publish URL's function, its role and what opens it are as many as one. */
const publishUrlQueues = 1;

/** Refuse what a stack has no room for, each by the setting that is one too many. */
export const roomChecks = [
  z.refine<Taking>((settings) => !settings.ingest || hasRoom(settings, 0), {
    path: ["ingestSources"],
    error: `Together with deliveryShards more than ${maxShardsAndSources} queues, at least one of them for ingest: a stack holds 500 resources`,
  }),
  z.refine<Taking>((settings) => !settings.outbox || hasRoom(settings, outboxQueues), {
    path: ["outbox"],
    error: `Together with deliveryShards and the queues of ingest more than ${maxShardsAndSources} queues, or ${maxShards} without ingest, where the outbox counts as ${outboxQueues}: a stack holds 500 resources`,
  }),
  z.refine<Taking>(
    (settings) =>
      !settings.publishUrl ||
      hasRoom(settings, publishUrlQueues + (settings.outbox ? outboxQueues : 0)),
    {
      path: ["publishUrl"],
      error: `Together with deliveryShards, the queues of ingest and the outbox more than ${maxShardsAndSources} queues, or ${maxShards} without ingest, where the publish URL counts as ${publishUrlQueues}: a stack holds 500 resources`,
    },
  ),
];

function hasRoom({ deliveryShards, ingest, ingestSources }: Taking, others: number): boolean {
  const sources = ingest ? Math.max(1, ingestSources.length) : 0;
  return deliveryShards + sources + others <= (ingest ? maxShardsAndSources : maxShards);
}
