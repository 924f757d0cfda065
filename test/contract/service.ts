import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll } from "vitest";
import * as z from "zod/mini";
import { startLocalRun } from "../support/local-run.ts";

const Environment = z.record(z.string(), z.string());

const Service = z.object({
  url: z.string(),
  /** May do everything in every cache. */
  key: z.string(),
  /** What an operator's programs need: endpoints and names of tables. */
  operatorEnv: z.optional(Environment),
});
export type Service = z.infer<typeof Service>;

/** Where the tests find the service that was started for all of them. */
export const serviceVariable = "HOOKCAST_CONTRACT_SERVICE";

/**
 * The service under test: the one at HOOKCAST_URL (with HOOKCAST_KEY, and HOOKCAST_KEYS_ENV, a file like
 * `operator.json`, for tests that make keys or read tables), or one that runs for all files, or for this.
 */
export async function openService(): Promise<Service> {
  const given = givenService();
  if (given) return given;
  const shared = process.env[serviceVariable];
  if (shared) return z.parse(Service, JSON.parse(shared));
  const run = await startLocalRun();
  afterAll(() => run[Symbol.asyncDispose]());
  return describeRun(run);
}

export async function describeRun({ url, key, dataDir }: { url: string; key: string; dataDir: string }) {
  return { url, key, operatorEnv: await readEnvironment(join(dataDir, "operator.json")) };
}

export const isGiven = process.env.HOOKCAST_URL !== undefined;

async function givenService(): Promise<Service | undefined> {
  const { HOOKCAST_URL, HOOKCAST_KEY, HOOKCAST_KEYS_ENV } = process.env;
  if (!HOOKCAST_URL) return undefined;
  if (!HOOKCAST_KEY) throw new Error("HOOKCAST_URL needs HOOKCAST_KEY");
  const operatorEnv = HOOKCAST_KEYS_ENV ? await readEnvironment(HOOKCAST_KEYS_ENV) : undefined;
  return { url: HOOKCAST_URL, key: HOOKCAST_KEY, operatorEnv };
}

async function readEnvironment(file: string): Promise<z.infer<typeof Environment>> {
  return z.parse(Environment, JSON.parse(await readFile(file, "utf8")));
}
