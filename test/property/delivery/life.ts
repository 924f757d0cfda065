import { deleteWebhook } from "../../../functions/http/delete-webhook.ts";
import { recoverDeliveries } from "../../../functions/http/recover-deliveries.ts";
import { retryDelivery } from "../../../functions/http/retry-delivery.ts";
import { updateWebhookStatus } from "../../../functions/http/update-webhook-status.ts";
import { answering, hanging, well } from "../../../ops/simulate/answers.ts";
import { Environment } from "../../../ops/simulate/environment.ts";
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
import { openDeliveryQueue, openRetryQueue } from "../../../shared/queue/delivery-queue.ts";
import { openRecoverQueue } from "../../../shared/queue/recover-queue.ts";
import { openDeliveryHeads } from "../../../shared/store/deliveries/delivery-heads.ts";
import { openDeliveryLog } from "../../../shared/store/deliveries/delivery-log.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { keys } from "../../../shared/store/keys.ts";
import { openMessageStore } from "../../../shared/store/messages/message-store.ts";
import { dueShards } from "../../../shared/store/waiting/due-store.ts";
import { openRecoverySlots } from "../../../shared/store/waiting/recovery-slots.ts";
import { openRecoveryStore } from "../../../shared/store/waiting/recovery-store.ts";
import { openWebhookStore } from "../../../shared/store/webhooks/webhook-store.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";
import type { Command, Fate, Reply } from "./fates.ts";

export const schedule = [5, 300, 1_800, 7_200];
const cacheName = "orders";
const dayMs = 86_400_000;
/** Who waited for longer went away without an answer. */
const maxPublishMs = 120_000;
/** Fifteen seconds for a call: slow enough for much to happen in between. */
const maxSlowness = 3_000;

export interface Post {
  readonly job: DeliveryJob;
  readonly timeMs: number;
}

/** A delivery that was promised: the message was accepted while the webhook stood unchanged. */
export interface Accepted {
  readonly webhookId: string;
  readonly messageId: string;
}

/** What a life leaves behind. */
export interface Life {
  readonly accepted: readonly Accepted[];
  readonly heads: ReadonlyMap<string, DeliveryRecord>;
  readonly posts: readonly Post[];
  readonly received: ReadonlySet<string>;
  readonly buried: ReadonlySet<string>;
  readonly deletedMs: ReadonlyMap<string, number>;
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
  const [received, buried] = [new Set<string>(), new Set<string>()];
  const deletedMs = new Map<string, number>();
  const strikes = { crashes: 0, calls: 0, records: 0 };
  const world = new World({
    startMs,
    random,
    answer: (_job, nowMs) => answerOf(replyAt(fate, nowMs), random),
    crashes: () => fate.crashes.includes(strikes.calls++),
    slowness: () => (random() < 0.1 ? random() * maxSlowness : 1),
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
        if (isAttempt(job)) buried.add(keyOf({ ...job.message, webhookId: job.webhookId }));
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
  const put = (name: string) =>
    putWebhook(world, { cacheName, topicName: name, webhookName: name });
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

  const owner = openOwner(world);
  async function obey({ kind, name }: Command): Promise<void> {
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
    } else if (kind === "recover") await owner.recover(webhookId);
    else await owner.setStatus(webhookId, kind === "activate" ? "active" : "inactive");
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
  return { accepted, heads, posts, received, buried, deletedMs, crashCount, waiting: waiting() };
}

/** What a webhook's owner asks for over HTTP; these functions take their time, and do not die. */
function openOwner(world: World) {
  const { platform } = new Environment(world, false);
  const { database, sender, timers, random, now } = platform;
  const deps = {
    ...{ timers, random, now },
    webhooks: openWebhookStore(database),
    writer: openWebhookWriter(database),
    healths: openHealthStore(database, now),
    retries: openRetryQueue(sender),
    deliveries: openDeliveryQueue(sender),
    messages: openMessageStore(database),
    log: openDeliveryLog(database),
    recoveries: openRecoveryStore(database),
    slots: openRecoverySlots(database),
    steps: openRecoverQueue(sender),
    retentionDays: 30,
  };
  const caller = { keyId: "key", caches: ["*"], permissions: ["manage"] };
  const request = { query: undefined, text: "", caller };
  return {
    remove: (webhookName: string) =>
      deleteWebhook(
        { ...request, headers: {}, params: { cacheName, webhookName }, body: undefined },
        deps,
      ),
    setStatus: (webhookId: string, webhookStatus: "active" | "inactive") =>
      updateWebhookStatus(
        { ...request, headers: {}, params: { webhookId }, body: { webhookStatus } },
        deps,
      ),
    recover(webhookId: string) {
      const body = { mode: "failed", since: new Date(startMs).toISOString() } as const;
      return recoverDeliveries({ ...request, headers: {}, params: { webhookId }, body }, deps);
    },
    replay: (delivery: Accepted) =>
      retryDelivery({ ...request, headers: {}, params: delivery, body: undefined }, deps),
  };
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
    case "hang":
      return hanging();
    case "abort": {
      const headers = { webhookDelivery: "abort-message" };
      return { latencyMs: 40, outcome: { kind: "answer", statusCode: 400, headers } };
    }
  }
}

function replyAt({ replies, replyMs }: Fate, nowMs: number): Reply {
  const turn = Math.floor((nowMs - startMs) / replyMs);
  return replies[turn] ?? replies.at(-1) ?? "well";
}
