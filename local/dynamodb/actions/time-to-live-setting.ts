import type { Level, Operation } from "dynalite/db/index.js";
import { rows } from "../engine/rows.ts";

const setting = "time-to-live~";

export async function readTimeToLiveSettings(level: Level): Promise<Map<string, string>> {
  const settings = new Map<string, string>();
  for await (const [key, attribute] of rows(level, { gte: setting, lt: `${setting}\xff` })) {
    settings.set(key.slice(setting.length), String(attribute));
  }
  return settings;
}

export function timeToLiveSetting(tableName: string, attribute: string | undefined): Operation {
  const key = `${setting}${tableName}`;
  return attribute === undefined ? { type: "del", key } : { type: "put", key, value: attribute };
}
