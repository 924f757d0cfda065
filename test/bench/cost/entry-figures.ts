import type { IngestJob, Workplace } from "../load/workplace.ts";
import type { Work } from "./measured-work.ts";
import { dividedBy, noUsage, plus, type Usage } from "./usage.ts";

/** How a message came through the queue, per message. */
export interface QueueEntry {
  accepted: Work;
  /** By whoever sent it. */
  sent: Usage;
}

/** How a message came through the outbox, per message. */
export interface OutboxEntry extends QueueEntry {
  /** The part of `accepted` that reads and deletes the row. */
  rows: Usage;
}

/** The ways in besides a publish by itself, each per message, with retention. */
export interface EntryFigures {
  /** Ten by publishBatch. */
  batch: Work;
  /** By the publish URL, alone and ten by publishBatch. */
  byUrl: Work;
  batchByUrl: Work;
  /** Sent alone, and taken up alone, as where messages are rare. */
  rare: QueueEntry;
  /** Sent alone, and taken up with nine others, as where there are many. */
  oneByOne: QueueEntry;
  byTen: QueueEntry;
  /** The same where each of the ten goes to a topic of its own. */
  byTenApart: QueueEntry;
  /** Written to the outbox, and taken up alone or with nine others. */
  outboxAlone: OutboxEntry;
  outbox: OutboxEntry;
}

const jobs: Record<"rare" | "oneByOne" | "byTen" | "byTenApart", IngestJob> = {
  rare: { count: 10, sent: "one by one", fill: 1, to: "one" },
  oneByOne: { count: 10, sent: "one by one", fill: 10, to: "one" },
  byTen: { count: 10, sent: "by ten", fill: 10, to: "one" },
  byTenApart: { count: 10, sent: "by ten", fill: 10, to: "each its own" },
};

interface Measures {
  measured(place: Workplace, rounds: number, work: () => Promise<Work>): Promise<Work>;
  repeated(rounds: number, work: () => Promise<Work>): Promise<Work>;
}

export async function measureEntries(
  place: Workplace,
  rounds: number,
  { measured, repeated }: Measures,
): Promise<EntryFigures> {
  // Each round ends with its deliveries, so that the queue is as it was.
  const withDelivery = async (publish: () => Promise<Work>) => {
    const work = await publish();
    await place.deliver("Delivery", 10);
    return work;
  };
  const byTen = async (publish: () => Promise<Work>) => {
    const publishAndDeliver = () => withDelivery(publish);
    await repeated(rounds, publishAndDeliver);
    return dividedBy(await measured(place, rounds, publishAndDeliver), 10);
  };
  const batch = await byTen(() => place.publishBatch(10));
  const byUrl = await byTen(() => place.publishByUrl(10));
  const batchByUrl = await byTen(() => place.publishBatchByUrl(10));
  const entry = async (job: IngestJob): Promise<QueueEntry> => {
    let sent: Usage = noUsage;
    let count = 0;
    const ingest = () =>
      withDelivery(async () => {
        const done = await place.ingest(job);
        sent = plus(sent, done.sent);
        count += job.count;
        return done.accepted;
      });
    await repeated(rounds, ingest);
    const accepted = dividedBy(await measured(place, rounds, ingest), job.count);
    return { accepted, sent: dividedBy(sent, count) };
  };
  const fromOutbox = async (fill: number): Promise<OutboxEntry> => {
    const count = 10;
    let [sent, rows, total] = [noUsage, noUsage, 0];
    const take = () =>
      withDelivery(async () => {
        const done = await place.publishFromOutbox(count, fill);
        [sent, rows, total] = [plus(sent, done.sent), plus(rows, done.rows), total + count];
        return done.accepted;
      });
    await repeated(rounds, take);
    const accepted = dividedBy(await measured(place, rounds, take), count);
    return { accepted, sent: dividedBy(sent, total), rows: dividedBy(rows, total) };
  };
  return {
    batch,
    byUrl,
    batchByUrl,
    rare: await entry(jobs.rare),
    oneByOne: await entry(jobs.oneByOne),
    byTen: await entry(jobs.byTen),
    byTenApart: await entry(jobs.byTenApart),
    outboxAlone: await fromOutbox(1),
    outbox: await fromOutbox(10),
  };
}
