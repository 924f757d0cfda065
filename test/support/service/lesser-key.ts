import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { startFile } from "../process/program.ts";
import type { LocalRun } from "./local-run.ts";

/** Makes a key of one cache, or of all where none is named, as an operator does. */
export async function lesserKey(
  run: LocalRun,
  cacheName: string | undefined,
  permissions: string,
): Promise<string> {
  const file = await readFile(join(run.dataDir, "operator.json"), "utf8");
  const operatorEnv = z.record(z.string(), z.string()).parse(JSON.parse(file));
  const caches = cacheName === undefined ? ["--all-caches"] : ["--cache", cacheName];
  const args = ["create", "--name", "lesser", ...caches, "--permissions", permissions];
  await using program = startFile("ops/keys.ts", [...args, "--quiet"], operatorEnv);
  await program.exited;
  return program.stdout().trim();
}
