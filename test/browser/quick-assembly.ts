import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../support/service/assembly.ts";
import { noChromiumVariable } from "./chromium-setup.ts";

export const assemblyVariable = "HOOKCAST_TEST_BROWSER_ASSEMBLY";

const settings = { console: true, retryScheduleSeconds: [1] };
let folder: string | undefined;

/** Before the browser's tests: the service as they need it, where a delivery has failed within seconds. */
export async function setup(): Promise<void> {
  if (process.env[noChromiumVariable] !== undefined) return;
  folder = await mkdtemp(join(tmpdir(), "hookcast-browser-"));
  process.env[assemblyVariable] = await synthesize(folder, settings);
}

export async function teardown(): Promise<void> {
  if (folder === undefined) return;
  delete process.env[assemblyVariable];
  await rm(folder, { recursive: true, force: true });
}
