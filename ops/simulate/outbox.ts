import type { Context } from "aws-lambda";
import { openOutboxDeps, outboxWorker } from "../../functions/queue/outbox.ts";
import { Environment } from "./environment.ts";
import type { World } from "./world.ts";

/** What the mapping of the stream says: see infra/permissions/consumers.ts. */
const batchSize = 100;
const maxRecordAgeMs = 4 * 60_000;
const retryAttempts = 3;

const timeoutMs = 55_000;
const everyMs = 60_000;
/** Lambda looks at a stream four times a second, and at once for as long as there is something. */
const pollMs = 250;
const pauseAfterErrorMs = 1_000;

interface Bell {
  readonly id: string;
  readonly timeMs: number;
}

type OutboxEntry = Readonly<Record<"cacheName" | "topicName" | "value", string>>;

/**
 * The outbox's table with its stream and the rule of every minute, and the function that both invoke. Returns what a
 * caller's transaction does.
 */
export function startOutbox(world: World): (entry: OutboxEntry) => void {
  const { clock, outbox } = world;
  const stream: Bell[] = [];
  let written = 0;
  let isReading = false;

  const byStream = openFunction(world);
  const bySchedule = openFunction(world, true);

  /** The batch in its order, as often as the mapping says and while its records are young enough. */
  const hand = async (batch: readonly Bell[]) => {
    for (let tries = 0; tries <= retryAttempts; tries += 1) {
      if (tries > 0) await clock.wait(pauseAfterErrorMs);
      const young = batch.filter(({ timeMs }) => clock.now() - timeMs <= maxRecordAgeMs);
      const Records = young.map(({ id }) => ({ dynamodb: { Keys: { id: { S: id } } } }));
      if (young.length === 0 || (await byStream({ Records }))) return;
    }
  };
  const read = async () => {
    await clock.wait(pollMs);
    while (stream.length > 0) await hand(stream.splice(0, batchSize));
    isReading = false;
  };
  const sweep = () => {
    clock.after(everyMs, sweep);
    void bySchedule({ source: "aws.events" });
  };
  sweep();

  return (entry) => {
    written += 1;
    const id = `row-${written}`;
    outbox.put({ id, time: new Date(clock.now()).toISOString(), ...entry });
    stream.push({ id, timeMs: clock.now() });
    if (isReading) return;
    isReading = true;
    void read();
  };
}

/** One invocation at a time, in an environment that is started anew where it has died; returns whether it ended well. */
function openFunction(world: World, isSweep = false): (event: object) => Promise<boolean> {
  const { clock, sweeps } = world;
  const open = () => {
    const environment = new Environment(world, true, isSweep ? sweeps : undefined);
    const deps = openOutboxDeps(environment.platform, environment.outbox);
    return { environment, handle: outboxWorker(() => deps) };
  };
  let host = open();
  return async (event) => {
    if (host.environment.isDead) host = open();
    const { environment, handle } = host;
    const endMs = clock.now() + timeoutMs;
    const context = { getRemainingTimeInMillis: () => endMs - clock.now() };
    const death = new Promise<boolean>((resolve) => {
      environment.onDeath = () => resolve(false);
    });
    const cancelTimeout = clock.after(timeoutMs, () => environment.die());
    const ended = handle(event, context as Context).then(
      () => true,
      () => false,
    );
    const isWell = await Promise.race([ended, death]);
    cancelTimeout();
    return isWell;
  };
}
