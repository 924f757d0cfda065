import type { Level, Operation } from "dynalite/db/index.js";
import { rows } from "../engine/rows.ts";

const SETTING = "time-to-live~";

export async function readTimeToLiveSettings(level: Level): Promise<Map<string, string>> {
  const settings = new Map<string, string>();
  for await (const [key, attribute] of rows(level, { gte: SETTING, lt: `${SETTING}\xff` })) {
    settings.set(key.slice(SETTING.length), String(attribute));
  }
  return settings;
}

export function timeToLiveSetting(tableName: string, attribute: string | undefined): Operation {
  const key = `${SETTING}${tableName}`;
  return attribute === undefined ? { type: "del", key } : { type: "put", key, value: attribute };
}
