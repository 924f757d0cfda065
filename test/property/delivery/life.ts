import { answering, hanging, well } from "../../../ops/simulate/answers.ts";
import { isAttempt } from "../../../ops/simulate/functions.ts";
import { startLanes } from "../../../ops/simulate/lanes.ts";
import { openPublisher } from "../../../ops/simulate/publisher.ts";
import { seededRandom } from "../../../ops/simulate/random.ts";
import { queueUrls, useSettings } from "../../../ops/simulate/settings.ts";
import { startMs } from "../../../ops/simulate/start.ts";
import { startSweeper } from "../../../ops/simulate/sweeper.ts";
import { putWebhook } from "../../../ops/simulate/webhooks.ts";
import { type Answer, tableNames, World } from "../../../ops/simulate/world.ts";
import type { DeliveryJob } from "../../../shared/contract/jobs.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import type { DeliveryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
import { openDeliveryHeads } from "../../../shared/store/deliveries/delivery-context.ts";
import { keys } from "../../../shared/store/keys.ts";
import { dueShards } from "../../../shared/store/waiting/waiting-jobs.ts";
import { openWebhookStore } from "../../../shared/store/webhooks/webhook-store.ts";
import type { Command, Fate, Reply } from "./fates.ts";
import { openOwner } from "./owner.ts";

export const schedule = [5, 300, 1_800, 7_200];
const cacheName = "orders";
const dayMs = 86_400_000;
/** Who waited for longer went away without an answer. */
const maxPublishMs = 120_000;

export interface Post {
  readonly job: DeliveryJob;
  readonly timeMs: number;
}

/** A delivery that was promised: the message was accepted while the webhook stood unchanged. */
export interface Accepted {
  readonly webhookId: string;
  readonly messageId: string;
}

/**
 * When a webhook's rate may have been in force: also while it was being set, and while another was. Of two that were
 * set at the same time either may be the last, so neither ends the other.
 */
export interface Rate {
  readonly webhookId: string;
  readonly fromMs: number;
  /** When it had been set; infinite until then. */
  setMs: number;
  untilMs: number;
  readonly perSecond: number | null;
}

/** A time at which something happened to a webhook. */
export interface Moment {
  readonly webhookId: string;
  readonly timeMs: number;
}

/** What a life leaves behind. */
export interface Life {
  readonly accepted: readonly Accepted[];
  readonly heads: ReadonlyMap<string, DeliveryRecord>;
  readonly posts: readonly Post[];
  readonly received: ReadonlySet<string>;
  readonly deadLettered: ReadonlySet<string>;
  readonly deletedMs: ReadonlyMap<string, number>;
  readonly rates: readonly Rate[];
  /** POSTs that were answered with what asks for two minutes of silence. */
  readonly refusals: readonly Moment[];
  readonly activations: readonly Moment[];
  readonly crashCount: number;
  /** How much still waits, and where. */
  readonly waiting: Readonly<Record<string, number>>;
}

export function keyOf({ webhookId, messageId }: Accepted): string {
  return `${webhookId}/${messageId}`;
}

/** Lives on until nothing waits anywhere, or for longer than any delivery may. */
export async function live(fate: Fate): Promise<Life> {
  useSettings({ retryScheduleSeconds: schedule, maxDrainRate: 200, recoverRate: 50 });
  const random = seededRandom(fate.seed);
  const accepted: Accepted[] = [];
  const posts: Post[] = [];
  const [received, deadLettered] = [new Set<string>(), new Set<string>()];
  const deletedMs = new Map<string, number>();
  const rates: Rate[] = [];
  const [refusals, activations]: [Moment[], Moment[]] = [[], []];
  const strikes = { crashes: 0, calls: 0, records: 0 };
  const world = new World({
    startMs,
    random,
    answer({ webhookId }, nowMs) {
      const reply = replyAt(fate, nowMs);
      if (reply === "held") refusals.push({ webhookId, timeMs: nowMs });
      return answerOf(reply, random);
    },
    crashes: () => fate.crashes.includes(strikes.calls++),
    slowness: () => (random() < 0.1 ? random() * fate.maxSlowness : 1),
    tablesAreUp: () => true,
    duplicates: () => fate.duplicates.includes(strikes.records++),
    observer: {
      onPost: (job, timeMs) => posts.push({ job, timeMs }),
      onReceived: ({ webhookId, message }) => received.add(keyOf({ ...message, webhookId })),
      onRecord: () => {},
      onCrash: () => {
        strikes.crashes += 1;
      },
      onDead(body) {
        const job: unknown = JSON.parse(body);
        if (isAttempt(job)) deadLettered.add(keyOf({ ...job.message, webhookId: job.webhookId }));
      },
    },
  });
  const { clock, database } = world;
  let pending = fate.messages.length + fate.commands.length;
  startLanes(world, 5);
  startSweeper(world, (nowMs) => {
    const atMs = nowMs - startMs;
    const isDown = atMs >= fate.sweeperDown.fromMs && atMs < fate.sweeperDown.untilMs;
    return isDown || (pending === 0 && isIdle(world));
  });
  const webhooks = openWebhookStore(database);
  const put = async (name: string) => {
    const perSecond = name === "red" ? fate.maxPerSecond : null;
    const names = { cacheName, topicName: name, webhookName: name };
    const maxPerSecond = perSecond ?? undefined;
    const { webhookId } = await putWebhook(world, { ...names, maxPerSecond });
    begin(webhookId, perSecond).setMs = clock.now();
  };
  const begin = (webhookId: string, perSecond: number | null): Rate => {
    const open = { setMs: Number.POSITIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY };
    const rate = { webhookId, fromMs: clock.now(), ...open, perSecond };
    rates.push(rate);
    return rate;
  };
  for (const name of ["red", "blue"]) await put(name);

  const at = (atMs: number, happen: () => Promise<unknown>) =>
    clock.after(atMs, async () => {
      await happen().catch(onlyAppErrors);
      pending -= 1;
    });
  const publish = openPublisher(world);
  for (const { name, atMs } of fate.messages) {
    at(atMs, async () => {
      const before = await webhooks.find(cacheName, name);
      const [messageId] =
        (await Promise.race([publish(cacheName, name), clock.wait(maxPublishMs)])) ?? [];
      const after = await webhooks.find(cacheName, name);
      const isPromised = before?.status === "active" && after?.version === before.version;
      if (!messageId || !isPromised || after.webhookId !== before.webhookId) return;
      accepted.push({ webhookId: before.webhookId, messageId });
    });
  }
  for (const command of fate.commands) at(command.atMs, () => obey(command));

  const owner = openOwner(world, cacheName);
  async function obey({ kind, name, maxPerSecond }: Command): Promise<void> {
    const webhook = await webhooks.find(cacheName, name);
    if (kind === "putAgain") {
      if (!webhook) await put(name);
      return;
    }
    if (!webhook) return;
    const { webhookId } = webhook;
    if (kind === "delete") {
      await owner.remove(name);
      deletedMs.set(webhookId, clock.now());
    } else if (kind === "replay") {
      const last = accepted.findLast((one) => one.webhookId === webhookId);
      if (last) await owner.replay(last);
    } else if (kind === "limit") {
      const rate = begin(webhookId, maxPerSecond);
      await owner.limit(webhook, maxPerSecond);
      rate.setMs = clock.now();
      for (const other of rates) {
        const isOver = other.webhookId === webhookId && other.setMs < rate.fromMs;
        if (isOver) other.untilMs = Math.min(other.untilMs, rate.setMs);
      }
    } else if (kind === "recover") await owner.recover(webhookId);
    else {
      if (kind === "activate") activations.push({ webhookId, timeMs: clock.now() });
      await owner.setStatus(webhookId, kind === "activate" ? "active" : "inactive");
    }
  }

  const waiting = () => waitingIn(world);
  const isOver = () => pending === 0 && Object.values(waiting()).every((count) => count === 0);
  await clock.run(startMs + 9 * dayMs, isOver);
  const heads = new Map<string, DeliveryRecord>();
  for (const one of accepted) {
    const found = await openDeliveryHeads(database).findMany(one.webhookId, [one.messageId]);
    for (const head of found.values()) heads.set(keyOf(one), head);
  }
  const crashCount = strikes.crashes;
  const seen = { posts, received, deadLettered, deletedMs, rates, refusals, activations };
  return { accepted, heads, ...seen, crashCount, waiting: waiting() };
}

function waitingIn(world: World): Record<string, number> {
  const queues = Object.values(queueUrls).map((url) => [url, world.depthOf(url)] as const);
  return {
    ...Object.fromEntries(queues),
    due: world.countRows("due"),
    parked: world.countRows("park"),
  };
}

/** Nothing moves, and what is due is due later: a sweep would change nothing. */
function isIdle(world: World): boolean {
  const { due, ...moving } = waitingIn(world);
  if (Object.values(moving).some((count) => count > 0)) return false;
  const table = world.database.table(tableNames.DELIVERIES_TABLE);
  const before = keys.upTo(world.clock.now());
  return Array.from({ length: dueShards }, (_, shard) => keys.due(shard, 0, "").pk).every(
    (pk) => table.query({ pk, before, limit: 1 }).rows.length === 0,
  );
}

function onlyAppErrors(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

function answerOf(reply: Reply, random: () => number): Answer {
  switch (reply) {
    case "well":
      return well(random);
    case "error":
      return answering(500, 40);
    case "busy":
      return refusing(503, "20");
    case "full":
      return answering(429, 20);
    case "held":
      return refusing(429, "120");
    case "hang":
      return hanging();
    case "abort": {
      const headers = { webhookDelivery: "abort-message" };
      return { latencyMs: 40, outcome: { kind: "answer", statusCode: 400, headers } };
    }
  }
}

function refusing(statusCode: number, retryAfter: string): Answer {
  return { latencyMs: 40, outcome: { kind: "answer", statusCode, headers: { retryAfter } } };
}

function replyAt({ replies, replyMs }: Fate, nowMs: number): Reply {
  const turn = Math.floor((nowMs - startMs) / replyMs);
  return replies[turn] ?? replies.at(-1) ?? "well";
}
