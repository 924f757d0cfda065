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
export class MoveTaskStore {
  readonly #journal: Journal;
  readonly #statements;

  constructor(database: DatabaseSync, journal: Journal) {
    this.#journal = journal;
    this.#statements = {
      put: database.prepare("INSERT OR REPLACE INTO move_task VALUES (?, ?)"),
      get: database.prepare("SELECT record FROM move_task WHERE handle = ?"),
      list: database.prepare("SELECT record FROM move_task"),
    };
  }

  put(task: MoveTask): void {
    this.#journal.write(this.#statements.put, task.handle, JSON.stringify(task));
  }

  get(handle: string): MoveTask | undefined {
    const row = this.#statements.get.get(handle);
    return row && taskIn(row.record);
  }

  /** The tasks of a source, latest first. */
  of(sourceArn: string): MoveTask[] {
    return this.#all().filter((task) => task.sourceArn === sourceArn);
  }

  /** Those that a restart must go on with. */
  active(): MoveTask[] {
    return this.#all().filter(isActive);
  }

  #all(): MoveTask[] {
    const tasks = this.#statements.list.all().map(({ record }) => taskIn(record));
    return tasks.toSorted((one, other) => other.startedMs - one.startedMs);
  }
}

export function isActive({ status }: MoveTask): boolean {
  return status === "RUNNING" || status === "CANCELLING";
}

function taskIn(record: unknown): MoveTask {
  return z.parse(MoveTask, JSON.parse(String(record)));
}
