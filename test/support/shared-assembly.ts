import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "./assembly.ts";

/** Before all tests that start the service: one synthesis, which every local run of theirs uses. */
export async function setup(): Promise<void> {
  if (process.env.HOOKCAST_TEST_ASSEMBLY) return;
  const folder = await mkdtemp(join(tmpdir(), "hookcast-assembly-"));
  process.env.HOOKCAST_TEST_ASSEMBLY = await synthesize(folder);
}

export async function teardown(): Promise<void> {
  const folder = process.env.HOOKCAST_TEST_ASSEMBLY;
  delete process.env.HOOKCAST_TEST_ASSEMBLY;
  if (folder) await rm(folder, { recursive: true, force: true });
}
