import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "./assembly.ts";

let made: string | undefined;

/** Before all tests that start the service: one synthesis, which every local run of theirs uses. */
export async function setup(): Promise<void> {
  if (process.env.HOOKCAST_TEST_ASSEMBLY) return;
  made = await mkdtemp(join(tmpdir(), "hookcast-assembly-"));
  process.env.HOOKCAST_TEST_ASSEMBLY = await synthesize(made);
}

export async function teardown(): Promise<void> {
  if (!made) return; // a folder that was given is not ours to remove
  delete process.env.HOOKCAST_TEST_ASSEMBLY;
  await rm(made, { recursive: true, force: true });
}
