import * as z from "zod/mini";
import { SettingsVersion } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

export interface SettingsStore {
  /** What the webhook had in these versions, by version; without those that are not kept. */
  findMany(webhookId: string, versions: readonly number[]): Promise<Map<number, SettingsVersion>>;
}

/** The most keys that one call reads. */
const maxKeys = 100;

export function openSettingsStore(database: Database = dynamoDatabase): SettingsStore {
  const tableName = readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE;

  return {
    async findMany(webhookId, versions) {
      const wanted = [...new Set(versions)].map((version) => keys.settings(webhookId, version));
      const batches = Array.from({ length: Math.ceil(wanted.length / maxKeys) }, (_, n) =>
        database.readAll({ [tableName]: wanted.slice(n * maxKeys, (n + 1) * maxKeys) }),
      );
      const rows = (await Promise.all(batches)).flatMap((found) => found[tableName] ?? []);
      const found = rows.map((row) => z.parse(SettingsVersion, row));
      return new Map(found.map((settings) => [settings.version, settings]));
    },
  };
}
