import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { synthesize } from "../support/service/assembly.ts";

/** The bench, not the throttle, is to bound the rates. */
const unthrottled = { throttleRate: 10_000, throttleBurst: 5_000 };
/** A failed attempt is made again after a second, so that the bench need not wait for it. */
const paused = { ...unthrottled, paused: true, retryScheduleSeconds: [1] };

const countless = { ...paused, deliveryStats: false };
const forgetful = { ...countless, retentionDays: 0, deliveryLog: "failures" };

/** Three stacks on which what is published waits in the queues. */
export interface PausedAssemblies {
  retaining: string;
  /** The same without counts over time. */
  uncounted: string;
  /** Keeps no message and no counts, and rows of failures only. */
  forgetting: string;
}

/** The stack whose speed is measured, in a folder. */
export function synthesizeDelivering(folder: string): Promise<string> {
  return synthesize(join(folder, "delivering"), unthrottled);
}

export async function synthesizePaused(folder: string): Promise<PausedAssemblies> {
  const [retaining, withoutCounts, forgetting] = await Promise.all([
    synthesizeStill(join(folder, "retaining"), paused),
    synthesizeStill(join(folder, "uncounted"), countless),
    synthesizeStill(join(folder, "forgetting"), forgetful),
  ]);
  return { retaining, uncounted: withoutCounts, forgetting };
}

const Mapping = z.looseObject({ Type: z.string(), Properties: z.optional(z.looseObject({})) });
const Template = z.looseObject({ Resources: z.record(z.string(), Mapping) });

/** A pause holds up deliveries alone: here what is sent to the ingest queue waits, too. */
async function synthesizeStill(folder: string, settings: object): Promise<string> {
  const assembly = await synthesize(folder, { ...settings });
  const file = join(assembly, "Hookcast.template.json");
  const template = z.parse(Template, JSON.parse(await readFile(file, "utf8")));
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === "AWS::Lambda::EventSourceMapping" && Properties) Properties.Enabled = false;
  }
  await writeFile(file, JSON.stringify(template));
  return assembly;
}
