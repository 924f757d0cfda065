import { tickToSend } from "../shared/domain/breaker-clock.ts";
import { afterBatch, type BatchOutcome } from "../shared/domain/health.ts";
import type { Health } from "../shared/domain/health-record.ts";
import { shouldSwitchOff } from "../shared/domain/switch-off-rule.ts";
import { sendTick } from "./simulate-later.ts";
import { callMs, type Process } from "./simulate-process.ts";
import type { VirtualWebhook } from "./simulate-tables.ts";
import type { World } from "./simulate-world.ts";

const tries = 12;
const heartbeatEveryMs = 60_000;

/** Reads, decides and writes until the write wins; then sends the tick that the change has set. */
export function* changeHealth(
  webhookId: string,
  seen: Health | undefined,
  change: (health: Health | undefined) => Health | undefined,
  world: World,
): Process<Health | undefined> {
  let before = seen;
  for (let n = 0; n < tries; n += 1) {
    const after = change(before);
    if (after === before) return after;
    world.calls.add("DynamoDB write");
    const isWritten = world.tables.putHealth(webhookId, before, after);
    yield callMs;
    if (isWritten) {
      const tick = tickToSend(before?.breaker, after?.breaker, world.clock.nowMs);
      if (tick) yield* sendTick({ webhookId, tick: tick.tick }, tick.delaySeconds, world);
      return after;
    }
    yield world.random() * Math.min(200, 10 * 2 ** n);
    world.calls.add("DynamoDB read");
    before = world.tables.health.get(webhookId);
  }
  return before;
}

/** Tells a webhook's health what came of a batch, and switches the webhook off when that is due. */
export function* reportBatch(
  webhook: VirtualWebhook,
  seen: Health | undefined,
  outcome: Omit<BatchOutcome, "nowMs">,
  world: World,
): Process {
  const { clock, tables, calls } = world;
  const { webhookId } = webhook;
  const tell = (health: Health | undefined) =>
    afterBatch(health, { ...outcome, nowMs: clock.nowMs });
  const health = yield* changeHealth(webhookId, seen, tell, world);

  if (outcome.successes > 0) return yield* beat(webhookId, world);
  const { heartbeat } = tables;
  if (!shouldSwitchOff(health, { nowMs: clock.nowMs, webhookId, heartbeat })) return;
  calls.add("DynamoDB write");
  tables.switchOff(webhook);
  yield callMs;
}

function* beat(webhookId: string, { clock, tables, calls }: World): Process {
  if (clock.nowMs - (tables.heartbeat?.lastSuccessMs ?? 0) < heartbeatEveryMs) return;
  calls.add("DynamoDB write");
  tables.heartbeat = { lastSuccessMs: clock.nowMs, webhookId };
  yield callMs;
}
