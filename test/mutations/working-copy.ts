import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root, startProgram } from "../support/process/program.ts";

export interface WorkingCopy extends AsyncDisposable {
  folder: string;
  /** Returns whether the patch still fits. */
  apply(patch: string): Promise<boolean>;
  revert(patch: string): Promise<void>;
}

/** A copy of what git knows or would take up, as it is now, that shares the installed packages. */
export async function openWorkingCopy(): Promise<WorkingCopy> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-mutate-"));
  const listing = await git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
  for (const file of listing.split("\0").filter(Boolean)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file)).catch(ignoreDeleted);
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return {
    folder,
    apply: (patch) =>
      git(folder, "apply", patch).then(
        () => true,
        () => false,
      ),
    revert: async (patch) => void (await git(folder, "apply", "--reverse", patch)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  await using program = startProgram("git", args, { cwd });
  const exitCode = await program.exited;
  if (exitCode !== 0) throw new Error(`git ${args.join(" ")}: ${program.stderr()}`);
  return program.stdout();
}

/** A file that was deleted and is still in the index. */
function ignoreDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
