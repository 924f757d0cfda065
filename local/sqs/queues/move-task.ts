import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Entry } from "../actions/entry.ts";
import type { Broker } from "../broker.ts";
import type { MoveTask } from "./move-task-store.ts";
import type { Queue } from "./queue.ts";

const messagesPerStep = 100;

/** Goes on with a move task until it ends, is cancelled or the engine closes. */
export async function runMoveTask(
  broker: Broker,
  handle: string,
  closing: AbortSignal,
): Promise<void> {
  for (;;) {
    const task = broker.moveTasks.get(handle);
    if (!task || closing.aborted || (await step(broker, task))) return;
    if (task.messagesPerSecond) await pause(1000, undefined, { signal: closing }).catch(() => {});
  }
}

/** Moves some messages; true when the task has come to its end. */
async function step(broker: Broker, task: MoveTask): Promise<boolean> {
  const source = broker.queueOf(task.sourceArn);
  if (task.status === "CANCELLING" || !source) {
    return end(broker, { ...task, status: "CANCELLED" });
  }
  const steps = Math.min(task.messagesPerSecond ?? messagesPerStep, task.toMove - task.moved);
  let { moved } = task;
  source.wake(broker.now());
  for (let n = 0; n < steps; n += 1) {
    const entry = source.next();
    if (!entry) return end(broker, { ...task, moved, status: "COMPLETED" });
    if (!move(broker, source, entry, task.destinationArn)) {
      source.turn(entry, "ready", 0);
      return end(broker, { ...task, moved, status: "FAILED", failure: "DestinationNotFound" });
    }
    moved += 1;
  }
  if (moved >= task.toMove) return end(broker, { ...task, moved, status: "COMPLETED" });
  broker.moveTasks.put({ ...task, moved });
  await broker.journal.committed();
  return false;
}

async function end(broker: Broker, task: MoveTask): Promise<true> {
  broker.moveTasks.put(task);
  await broker.journal.committed();
  return true;
}

/** A moved message is a new one: new id, new age, never received. */
function move(
  broker: Broker,
  source: Queue,
  entry: Entry,
  destinationArn: string | undefined,
): boolean {
  const content = broker.messages.content(entry);
  const target = broker.queueOf(destinationArn ?? content?.sourceArn ?? "");
  if (!content || !target) return false;
  const moved: Entry = {
    id: broker.nextId(),
    messageId: randomUUID(),
    groupId: entry.groupId,
    state: "ready",
    sentMs: broker.now(),
    visibleMs: 0,
    receiveCount: 0,
    firstReceivedMs: undefined,
  };
  source.remove(entry);
  broker.messages.delete(entry);
  target.add(moved);
  broker.messages.insert(target.name, moved, { ...content, sourceArn: undefined });
  broker.notifyWaiting(target);
  return true;
}
