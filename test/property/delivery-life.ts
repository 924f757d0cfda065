import { startWorld } from "../../ops/simulate-functions.ts";
import { seededRandom } from "../../ops/simulate-random.ts";
import { failing, hanging, well } from "../../ops/simulate-receivers.ts";
import { firstAttempt } from "../../ops/simulate-streams.ts";
import type { Answer, World } from "../../ops/simulate-world.ts";
import type { DeliveryJob } from "../../shared/contract/delivery.ts";
import { released } from "../../shared/domain/breaker-tick.ts";
import type { Fate, Reply } from "./delivery-fates.ts";

const startMs = Date.UTC(2026, 0, 1);
export const schedule = [5, 300, 1_800, 7_200];
const dayMs = 86_400_000;
/** Fifteen seconds for a call: slow enough for much to happen in between. */
const mostSlowness = 3_000;

export interface Post {
  readonly job: DeliveryJob;
  readonly timeMs: number;
}

/** What a life leaves behind. */
export interface Life {
  readonly world: World;
  readonly accepted: readonly DeliveryJob[];
  readonly posts: readonly Post[];
  readonly received: ReadonlySet<string>;
  readonly buried: ReadonlySet<string>;
  readonly deletedMs: ReadonlyMap<string, number>;
  readonly crashCount: number;
}

export function keyOf({ webhookId, message }: DeliveryJob): string {
  return `${webhookId}/${message.messageId}`;
}

/** Lives on until nothing waits anywhere, or for longer than any delivery may. */
export function live(fate: Fate): Life {
  const random = seededRandom(fate.seed);
  const accepted: DeliveryJob[] = [];
  const posts: Post[] = [];
  const [received, buried] = [new Set<string>(), new Set<string>()];
  const deletedMs = new Map<string, number>();
  const idOf = new Map<string, string>();
  const strikes = { crashes: 0, calls: 0, records: 0 };

  const world = startWorld({
    startMs,
    schedule,
    deliveryConcurrency: 5,
    random,
    answer: (_job, nowMs) => answerOf(replyAt(fate, nowMs), random),
    crashes: () => fate.crashes.includes(strikes.calls++),
    slowness: () => (random() < 0.1 ? random() * mostSlowness : 1),
    duplicates: () => fate.duplicates.includes(strikes.records++),
    sweeperIsDown: (nowMs) =>
      nowMs - startMs >= fate.sweeperDown.fromMs && nowMs - startMs < fate.sweeperDown.untilMs,
    onPost: (job, timeMs) => posts.push({ job, timeMs }),
    onReceived: (job) => received.add(keyOf(job)),
    onRecord: () => {},
    onCrash: () => {
      strikes.crashes += 1;
    },
    onDead: (body) => {
      if (isJob(body)) buried.add(keyOf(body));
    },
  });

  const put = (name: string) => {
    const webhookId = `${name}-${world.clock.nowMs}`;
    idOf.set(name, webhookId);
    world.tables.webhooks.set(webhookId, { webhookId, status: "active", version: 1 });
  };
  for (const name of ["red", "blue"]) put(name);
  fate.messages.forEach(({ name, atMs }, number) => {
    world.clock.after(atMs, () => {
      const webhookId = idOf.get(name) ?? "";
      if (world.tables.webhooks.get(webhookId)?.status !== "active") return;
      const job = firstAttempt(webhookId, number, world.clock.nowMs);
      accepted.push(job);
      world.deliveries.send(job, webhookId);
    });
  });
  for (const { kind, name, atMs } of fate.commands) {
    world.clock.after(atMs, () => {
      const webhookId = idOf.get(name) ?? "";
      if (kind === "putAgain" && !world.tables.webhooks.has(webhookId)) put(name);
      if (kind === "delete" && world.tables.webhooks.delete(webhookId)) {
        deletedMs.set(webhookId, world.clock.nowMs);
      }
      if (kind === "deactivate") setStatus(webhookId, "inactive", world);
      if (kind === "activate") setStatus(webhookId, "active", world);
      const job = accepted.findLast((one) => one.webhookId === webhookId);
      if (kind === "replay" && job) replay(job, world);
    });
  }
  world.clock.run(startMs + 9 * dayMs, () => isOver(fate, world));
  return { world, accepted, posts, received, buried, deletedMs, crashCount: strikes.crashes };
}

/** Activating releases the breaker; the sweeper sends the tick, as if it had been lost. */
function setStatus(webhookId: string, status: "active" | "inactive", { tables, clock }: World) {
  const webhook = tables.webhooks.get(webhookId);
  if (!webhook || webhook.status === status) return;
  tables.webhooks.set(webhookId, { ...webhook, status, version: webhook.version + 1 });
  const health = tables.health.get(webhookId);
  if (status === "active") tables.putHealth(webhookId, health, released(health, clock.nowMs));
}

/** Nothing is written: the new generation's first attempt takes the delivery over, and ends the old. */
function replay(job: DeliveryJob, { tables, deliveries }: World): void {
  const head = tables.headOf(job);
  if (head) deliveries.send({ ...job, generation: head.generation + 1 }, job.webhookId);
}

function answerOf(reply: Reply, random: () => number): Answer {
  switch (reply) {
    case "well":
      return well(random);
    case "error":
      return failing(500, 40);
    case "hang":
      return hanging();
    case "abort": {
      const headers = { webhookDelivery: "abort-message" };
      return { ...failing(400, 40), outcome: { kind: "answer", statusCode: 400, headers } };
    }
  }
}

function replyAt({ replies, replyMs }: Fate, nowMs: number): Reply {
  const turn = Math.floor((nowMs - startMs) / replyMs);
  return replies[turn] ?? replies.at(-1) ?? "well";
}

function isOver(fate: Fate, { clock, tables, deliveries, retries }: World): boolean {
  const times = [...fate.messages, ...fate.commands].map(({ atMs }) => atMs);
  if (clock.nowMs < startMs + Math.max(...times)) return false;
  if (deliveries.depth + retries.depth + tables.due.size + tables.horizons.size > 0) return false;
  return tables.health.size === 0 || [...tables.health.values()].every(isClosed);
}

function isClosed({ breaker }: { breaker: { kind: string } }): boolean {
  return breaker.kind === "closed";
}

function isJob(body: unknown): body is DeliveryJob {
  return typeof body === "object" && body !== null && "message" in body;
}
