import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import type { Journal } from "../journal.ts";
import type { QueueDefinition } from "./queue.ts";
import { settingsOf } from "./queue-settings.ts";

const Attributes = z.record(z.string(), z.string());

/** Definitions of queues on disk. */
export interface QueueStore {
  put(definition: QueueDefinition): void;
  delete(name: string): void;
  list(): QueueDefinition[];
}

export function createQueueStore(database: DatabaseSync, journal: Journal): QueueStore {
  const put = database.prepare("INSERT OR REPLACE INTO queue VALUES (?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM queue WHERE name = ?");
  const list = database.prepare("SELECT name, created_ms, modified_ms, attributes FROM queue");
  return {
    put({ name, createdMs, modifiedMs, attributes }) {
      journal.write(put, name, createdMs, modifiedMs, JSON.stringify(attributes));
    },
    delete: (name) => journal.write(remove, name),
    list: () =>
      list.all().map((row) => {
        const attributes = z.parse(Attributes, JSON.parse(String(row.attributes)));
        return {
          name: String(row.name),
          createdMs: Number(row.created_ms),
          modifiedMs: Number(row.modified_ms),
          attributes,
          settings: settingsOf(attributes),
        };
      }),
  };
}
