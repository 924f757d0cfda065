import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The API key that a local run prints: made at the first start, the same ever after. */
export async function devKey(
  root: string,
  dataDir: string,
  operatorEnv: Record<string, string>,
): Promise<string> {
  const file = join(dataDir, "dev-key");
  const known = await readFile(file, "utf8").catch(() => "");
  if (known) return known.trim();
  const permissions = ["--caches", "*", "--permissions", "read,manage,publish"];
  const { stdout } = await run(
    process.execPath,
    [join(root, "ops/keys.ts"), "create", "--name", "dev", ...permissions, "--quiet"],
    { env: { ...process.env, ...operatorEnv } },
  );
  await writeFile(file, stdout, { mode: 0o600 });
  return stdout.trim();
}
