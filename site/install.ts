import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** npm could not reach a registry; the message says what it said. */
export class NoRegistry extends Error {
  override readonly name = "NoRegistry";
}

/** npm's codes for a registry that does not answer, or has not got or gives the package. */
const unreachable =
  /^npm (?:error|ERR!) code (?:ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|E(?:NET|HOST)UNREACH|E40[134]|ENOTCACHED|ERR_SOCKET_TIMEOUT|FETCH_ERROR)$/m;

/** Whether npm failed because of the registry, and not because of what it was asked for. */
export function isUnreachable(stderr: string): boolean {
  return unreachable.test(stderr);
}

/**
 * Installs below a folder what its lock file says, unless it is there already. Throws `NoRegistry` if npm reaches no
 * registry.
 */
export function installLocked(folder: string): void {
  const lock = join(folder, "package-lock.json");
  const installed = join(folder, "node_modules/.hookcast-installed");
  const isInstalled =
    existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(lock, "utf8");
  if (isInstalled) return;
  // No package of the site needs its scripts, esbuild included: its binary is a package of its own.
  const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (status !== 0) {
    const reason = stderr.trim().split("\n").slice(0, 3).join(" ");
    if (isUnreachable(stderr)) throw new NoRegistry(reason);
    throw new Error(`npm ci in ${folder} ended with ${status}: ${stderr}`);
  }
  copyFileSync(lock, installed);
}
