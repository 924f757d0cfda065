import { execFile } from "node:child_process";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../support/process/program.ts";
import { BenchRefusal } from "../bench-refusal.ts";
import type { Progress } from "../progress.ts";

const run = promisify(execFile);

/** A version of this repository that can be started. */
export interface Checkout {
  /** "this checkout", or the commit in short. */
  name: string;
  folder: string;
}

/** The files as they are here, with what is not committed. */
export const thisCheckout: Checkout = { name: "this checkout", folder: root };

/** The whole id of a commit that this repository has. Throws a BenchRefusal for any other name. */
export async function findCommit(name: string): Promise<string> {
  const rev = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  try {
    return (await run("git", rev, { cwd: root })).stdout.trim();
  } catch {
    throw new BenchRefusal(
      `--against ${name}: this repository has no such commit. A shallow clone gets it by git fetch --unshallow.`,
    );
  }
}

/** The files of a commit in a folder of their own, with the packages of its lock file. */
export async function checkOut(
  commit: string,
  folder: string,
  progress: Progress,
): Promise<Checkout> {
  await mkdir(folder, { recursive: true });
  const archive = join(folder, "..", `${commit}.tar`);
  await run("git", ["archive", "--output", archive, commit], { cwd: root });
  await run("tar", ["-xf", archive, "-C", folder]);
  if (await isSameFile("package-lock.json", folder)) {
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  } else {
    progress("npm ci for the commit, whose lock file differs");
    await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, maxBuffer: 2 ** 26 });
  }
  return { name: commit.slice(0, 7), folder };
}

async function isSameFile(name: string, folder: string): Promise<boolean> {
  const [here, there] = await Promise.all([root, folder].map((at) => readFile(join(at, name))));
  return here !== undefined && there !== undefined && here.equals(there);
}
