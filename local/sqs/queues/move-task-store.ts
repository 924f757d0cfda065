import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import type { Journal } from "../journal.ts";

const MoveTask = z.object({
  handle: z.string(),
  sourceArn: z.string(),
  destinationArn: z.optional(z.string()),
  messagesPerSecond: z.optional(z.number()),
  status: z.enum(["RUNNING", "COMPLETED", "CANCELLING", "CANCELLED", "FAILED"]),
  startedMs: z.number(),
  toMove: z.number(),
  moved: z.number(),
  failure: z.optional(z.string()),
});

/** Moving messages from a dead-letter queue back to where they came from, or elsewhere. */
export type MoveTask = z.infer<typeof MoveTask>;

/** Move tasks on disk, so that one which was running goes on after a restart. */
export interface MoveTaskStore {
  put(task: MoveTask): void;
  get(handle: string): MoveTask | undefined;
  /** The tasks of a source, latest first. */
  of(sourceArn: string): MoveTask[];
  /** Those that a restart must go on with. */
  active(): MoveTask[];
}

export function createMoveTaskStore(database: DatabaseSync, journal: Journal): MoveTaskStore {
  const put = database.prepare("INSERT OR REPLACE INTO move_task VALUES (?, ?)");
  const get = database.prepare("SELECT record FROM move_task WHERE handle = ?");
  const list = database.prepare("SELECT record FROM move_task");
  const all = () =>
    list
      .all()
      .map(({ record }) => taskIn(record))
      .toSorted((one, other) => other.startedMs - one.startedMs);
  return {
    put: (task) => journal.write(put, task.handle, JSON.stringify(task)),
    get(handle) {
      const row = get.get(handle);
      return row && taskIn(row.record);
    },
    of: (sourceArn) => all().filter((task) => task.sourceArn === sourceArn),
    active: () => all().filter(isActive),
  };
}

export function isActive({ status }: MoveTask): boolean {
  return status === "RUNNING" || status === "CANCELLING";
}

function taskIn(record: unknown): MoveTask {
  return z.parse(MoveTask, JSON.parse(String(record)));
}
