import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { TestModule } from "vitest/node";
import * as z from "zod/mini";

/** Seconds by project and file: `contract test/contract/holds.test.ts`. */
export const Durations = z.record(z.string(), z.number());
export type Durations = z.infer<typeof Durations>;

/** Names the file for this process and for those that it starts. */
const variable = "HOOKCAST_TEST_DURATIONS";

/** From here on, each test file's time is added to a JSON file. */
export function recordDurations(file: string): void {
  process.env[variable] = file;
}

export function readDurations(file: string): Durations {
  return z.parse(Durations, JSON.parse(readFileSync(file, "utf8")));
}

/** Does nothing unless somebody asked for it. */
export function addDurations(modules: readonly TestModule[]): void {
  const file = process.env[variable];
  if (!file) return;
  const durations = existsSync(file) ? readDurations(file) : {};
  for (const module of modules) {
    durations[`${module.project.name} ${module.relativeModuleId}`] = secondsOf(module);
  }
  writeFileSync(file, `${JSON.stringify(durations, undefined, 2)}\n`);
}

/** From the start of its worker to the last hook. */
function secondsOf(module: TestModule): number {
  const { environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration } =
    module.diagnostic();
  const ms =
    environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration;
  return Math.round(ms / 10) / 100;
}
