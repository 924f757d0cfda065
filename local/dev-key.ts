import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runFile } from "./process/run-file.ts";
import { writeWholeFile } from "./process/whole-file.ts";

/** The API key that a local run prints: made at the first start, the same ever after. */
export async function devKey(
  keysProgram: string,
  dataDir: string,
  operatorEnv: Record<string, string>,
): Promise<string> {
  const file = join(dataDir, "dev-key");
  const known = await readFile(file, "utf8").catch(() => "");
  if (known) return known.trim();
  const permissions = ["--all-caches", "--permissions", "read,manage,publish"];
  const args = ["create", "--name", "dev", ...permissions, "--quiet"];
  const key = await runFile(keysProgram, args, operatorEnv);
  await writeWholeFile(file, key);
  return key.trim();
}
