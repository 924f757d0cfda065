import { startFile } from "../support/program.ts";

interface KeyWish {
  caches?: string[];
  permissions?: ("read" | "manage" | "publish")[];
}

/** Makes an API key as an operator does. */
export async function makeKey(
  operatorEnv: Record<string, string>,
  { caches = ["*"], permissions = ["read", "manage", "publish"] }: KeyWish,
): Promise<string> {
  const scope = ["--caches", caches.join(","), "--permissions", permissions.join(",")];
  const args = ["create", "--name", "contract", ...scope, "--quiet"];
  await using program = startFile("ops/keys.ts", args, operatorEnv);
  const exitCode = await program.exited;
  if (exitCode !== 0) throw new Error(`no key was made: ${program.stderr()}`);
  return program.stdout().trim();
}
