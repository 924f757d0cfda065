import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import type { LocalRun } from "../../support/service/local-run.ts";

const Environment = z.record(z.string(), z.string());

/** Where the service under test is, and what it takes to look behind it. */
export const ServiceDescription = z.object({
  /** With a path where it is not at the root of its host; no slash at the end. */
  url: z.string(),
  /** May do everything in every cache. */
  key: z.string(),
  /** What operators' programs need: endpoints and the names of tables. */
  operatorEnv: z.optional(Environment),
});
export type ServiceDescription = z.infer<typeof ServiceDescription>;

/** Holds the description of the service that was started for all files. */
export const serviceVariable = "HOOKCAST_CONTRACT_SERVICE";

export async function describeRun({ url, key, dataDir }: LocalRun): Promise<ServiceDescription> {
  return { url, key, operatorEnv: await readEnvironment(join(dataDir, "operator.json")) };
}

/**
 * The service at HOOKCAST_URL, which HOOKCAST_KEY opens. With HOOKCAST_KEYS_ENV, a file like a local run's
 * `operator.json`, tests can also make keys and read tables. HOOKCAST_CONNECTIONS bounds how many requests of a client are
 * under way at once.
 */
export async function givenService(): Promise<ServiceDescription | undefined> {
  const { HOOKCAST_URL, HOOKCAST_KEY, HOOKCAST_KEYS_ENV } = process.env;
  if (!HOOKCAST_URL) return undefined;
  if (!HOOKCAST_KEY) throw new Error("HOOKCAST_URL needs HOOKCAST_KEY");
  const operatorEnv = HOOKCAST_KEYS_ENV ? await readEnvironment(HOOKCAST_KEYS_ENV) : undefined;
  return { url: HOOKCAST_URL.replace(/\/$/, ""), key: HOOKCAST_KEY, operatorEnv };
}

async function readEnvironment(file: string): Promise<z.infer<typeof Environment>> {
  return z.parse(Environment, JSON.parse(await readFile(file, "utf8")));
}
