import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import type { Journal } from "../journal.ts";
import type { QueueDefinition } from "./queue.ts";
import { settingsOf } from "./queue-settings.ts";

const Attributes = z.record(z.string(), z.string());

/** Definitions of queues on disk. */
export class QueueStore {
  readonly #journal: Journal;
  readonly #statements;

  constructor(database: DatabaseSync, journal: Journal) {
    this.#journal = journal;
    this.#statements = {
      put: database.prepare("INSERT OR REPLACE INTO queue VALUES (?, ?, ?, ?)"),
      delete: database.prepare("DELETE FROM queue WHERE name = ?"),
      list: database.prepare("SELECT name, created_ms, modified_ms, attributes FROM queue"),
    };
  }

  put({ name, createdMs, modifiedMs, attributes }: QueueDefinition): void {
    const text = JSON.stringify(attributes);
    this.#journal.write(this.#statements.put, name, createdMs, modifiedMs, text);
  }

  delete(name: string): void {
    this.#journal.write(this.#statements.delete, name);
  }

  list(): QueueDefinition[] {
    return this.#statements.list.all().map((row) => {
      const attributes = z.parse(Attributes, JSON.parse(String(row.attributes)));
      return {
        name: String(row.name),
        createdMs: Number(row.created_ms),
        modifiedMs: Number(row.modified_ms),
        attributes,
        settings: settingsOf(attributes),
      };
    });
  }
}
