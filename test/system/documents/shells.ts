import { execFileSync, spawnSync } from "node:child_process";

/** The shells that a document's commands must work in: each with what keeps a person's own settings out. */
export const shells = { bash: ["--norc"], zsh: ["-f"] } as const;
export type Shell = keyof typeof shells;
export const shellNames = ["bash", "zsh"] as const satisfies readonly Shell[];

/** Undefined where the shell is there, or could be installed; otherwise why not. */
export function missingShell(shell: Shell): string | undefined {
  if (isInstalled(shell)) return undefined;
  const isPossible = process.getuid?.() === 0 && isInstalled("apt-get");
  if (!isPossible) return `there is no ${shell}, and no root with apt-get to install it`;
  const options = {
    stdio: "pipe",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  } as const;
  try {
    execFileSync("apt-get", ["update"], options);
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", shell], options);
    return undefined;
  } catch (error) {
    return `${shell} cannot be installed: ${String(error).split("\n")[0]}`;
  }
}

function isInstalled(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}
