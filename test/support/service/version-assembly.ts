import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { root, startFile } from "../process/program.ts";

const CdkJson = z.object({ context: z._default(z.record(z.string(), z.unknown()), {}) });

/** Why a version cannot be had: a checkout without history has only its own. */
export function missingVersion(commit: string): string | undefined {
  try {
    execFileSync("git", ["cat-file", "-e", `${commit}^{commit}`], { cwd: root, stdio: "ignore" });
    return undefined;
  } catch {
    return `the history of this checkout does not reach back to ${commit}`;
  }
}

/** The stack as that version synthesizes it for the local run, with its own functions; gives the folder. */
export async function versionAssembly(
  commit: string,
  onEnd: (remove: () => Promise<void>) => void,
): Promise<string> {
  const sources = await mkdtemp(join(tmpdir(), "hookcast-version-"));
  onEnd(() => rm(sources, { recursive: true, force: true }));
  const archive = execFileSync("git", ["archive", commit], { cwd: root, maxBuffer: 2 ** 28 });
  execFileSync("tar", ["-x", "-C", sources], { input: archive });
  await symlink(join(root, "node_modules"), join(sources, "node_modules"));

  const output = join(sources, "cdk.out");
  const { context } = CdkJson.parse(JSON.parse(await readFile(join(sources, "cdk.json"), "utf8")));
  await using app = startFile(join(sources, "infra/app.ts"), [], {
    CDK_OUTDIR: output,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, allowPrivateDestinations: true, console: true }),
    CDK_VALIDATION: "false",
  });
  const exitCode = await app.exited;
  if (exitCode !== 0) throw new Error(`synthesis failed (${exitCode}):\n${app.stderr()}`);
  return output;
}
