import { openWorkplace, type Workplace } from "../load/workplace.ts";
import type { Progress } from "../progress.ts";
import { assumptions } from "./assumptions.ts";
import { type EntryFigures, measureEntries } from "./entry-figures.ts";
import { noWork, type Work } from "./measured-work.ts";
import { dividedBy, plus } from "./usage.ts";

export const fills = [1, 3, 8, 10] as const;
export type Fill = (typeof fills)[number];

/** Per publish and per delivery, but for the batch: per message of it. */
export interface CostFigures {
  publish: Work;
  delivery: Record<Fill, Work>;
  /** What one failed attempt costs more than a good one, its retry included, by the fill that it was in. */
  failure: Record<Fill, Work>;
  /** At fill 8, all of the batch to one webhook. */
  deliveryToOne: Work;
  /** Deliveries of a deployment that counts nothing. */
  uncounted: { delivery: Record<1 | 8 | 10, Work>; deliveryToOne: Work };
  batchedPublish: Work;
  batchedDelivery: Work;
  entries: EntryFigures;
}

export interface CostRounds {
  /** Before anything is measured: what an environment does once is done, and its code is compiled. */
  warmUp: number;
  clean: number;
  failing: number;
}

/** A delivery of which so many in a hundred fail once. */
export function withFailures({ delivery, failure }: CostFigures, fill: Fill): Work {
  return plus(delivery[fill], failure[fill], assumptions.failureShare);
}

/** Measures on three synthesized stacks, all paused: as it is by default, without counts, and without retention too. */
export async function measureCost(
  assemblies: { retaining: string; uncounted: string; forgetting: string },
  rounds: CostRounds,
  progress: Progress,
): Promise<CostFigures> {
  const { retaining, uncounted, forgetting } = assemblies;
  return {
    ...(await measureSingles(retaining, rounds, progress)),
    uncounted: await measureUncounted(uncounted, rounds, progress),
    ...(await measureBatches(forgetting, rounds, progress)),
  };
}

async function measureSingles(assembly: string, rounds: CostRounds, progress: Progress) {
  await using place = await openWorkplace(assembly);
  await repeated(rounds.warmUp, () => publishAndDeliver(place, 10));
  progress("the service is warm");
  const publish = dividedBy(await measured(place, rounds.clean, () => place.publish(10)), 10);
  await repeated(rounds.clean + pacedRounds, () => place.deliver("Delivery", 10));

  const delivery = {} as Record<Fill, Work>; // all fills follow
  const failure = {} as Record<Fill, Work>; // likewise
  for (const fill of fills) {
    delivery[fill] = dividedBy(
      await measured(place, rounds.clean, () => publishAndDeliver(place, fill)),
      fill,
    );
    const oneFailed = await measured(place, rounds.failing, () => failAndRetry(place, fill));
    failure[fill] = plus(oneFailed, delivery[fill], -fill);
    progress(`batches of ${fill} are measured`);
  }
  const toOne = () => publishAndDeliverToOne(place);
  const deliveryToOne = dividedBy(await measured(place, rounds.clean, toOne), 8);
  const entries = await measureEntries(place, rounds.clean, { measured, repeated });
  progress("the entries are measured");
  return { publish, delivery, failure, deliveryToOne, entries };
}

async function measureUncounted(assembly: string, rounds: CostRounds, progress: Progress) {
  await using place = await openWorkplace(assembly);
  await repeated(rounds.warmUp, () => publishAndDeliver(place, 10));
  const at = async (fill: 1 | 8 | 10) =>
    dividedBy(await measured(place, rounds.clean, () => publishAndDeliver(place, fill)), fill);
  const delivery = { 1: await at(1), 8: await at(8), 10: await at(10) };
  const deliveryToOne = dividedBy(
    await measured(place, rounds.clean, () => publishAndDeliverToOne(place)),
    8,
  );
  progress("deliveries without counts are measured");
  return { delivery, deliveryToOne };
}

async function measureBatches(assembly: string, rounds: CostRounds, progress: Progress) {
  await using place = await openWorkplace(assembly);
  const publish = () => place.publishBatch(10);
  const deliver = () => place.deliver("Delivery", 10);
  await repeated(rounds.warmUp, async () => plus(await publish(), await deliver()));
  const batchedPublish = dividedBy(await measured(place, rounds.clean, publish), 10);
  const batchedDelivery = dividedBy(await measured(place, rounds.clean, deliver), 10);
  progress("publishBatch is measured");
  return { batchedPublish, batchedDelivery };
}

/** The delivery's work: that of the publish is known. */
async function publishAndDeliver(place: Workplace, fill: number): Promise<Work> {
  await place.publish(fill);
  return await place.deliver("Delivery", fill);
}

/** Eight, all to one webhook. */
async function publishAndDeliverToOne(place: Workplace): Promise<Work> {
  await place.publish(8, "one");
  return await place.deliver("Delivery", 8);
}

/** A batch in which one attempt fails, and the batch of one in which that is made again. */
async function failAndRetry(place: Workplace, fill: number): Promise<Work> {
  const failed = await place.whileFailing(() => publishAndDeliver(place, fill));
  return plus(failed, await place.deliver("Retry", 1));
}

const pacedRounds = 2;

/** CPU is had at full pace, since who is woken up every few milliseconds needs more of it; the waits are not. */
async function measured(
  place: Workplace,
  rounds: number,
  work: () => Promise<Work>,
): Promise<Work> {
  const atFullPace = await repeated(rounds, work);
  const { waitMs } = await place.atAwsPace(() => repeated(pacedRounds, work));
  return { ...atFullPace, waitMs };
}

/** The mean of so many rounds. */
async function repeated(rounds: number, work: () => Promise<Work>): Promise<Work> {
  let sum = noWork;
  for (let n = 0; n < rounds; n += 1) sum = plus(sum, await work());
  return dividedBy(sum, rounds);
}
