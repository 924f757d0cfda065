import { readFileSync } from "node:fs";

const checkMs = 250;

/**
 * Calls back when the process that started this one is gone. npm cannot pass on a `kill -9` of
 * itself; without this its child would go on unseen and keep the port.
 */
export function watchParent(onGone: () => void): void {
  const parents = parentChain();
  const timer = setInterval(() => {
    if (parentChain() === parents) return;
    clearInterval(timer);
    onGone();
  }, checkMs);
  timer.unref();
}

/** Changes when the parent goes or, where that is only the shell of an npm script, the parent's parent. */
function parentChain(): string {
  const { ppid } = process;
  return isScriptShell(ppid) ? `${ppid} ${parentOf(ppid)}` : String(ppid);
}

/** npm runs `sh -c <script>`. Some shells become the script; others stay, and outlive npm. */
function isScriptShell(pid: number): boolean {
  return readProcess(pid, "cmdline").split("\0")[1] === "-c";
}

function parentOf(pid: number): string | undefined {
  // "<pid> (<name>) <state> <parent> …", and the name may hold anything.
  return readProcess(pid, "stat").split(") ").at(-1)?.split(" ")[1];
}

/** Empty where there is no such file: a process that is gone, or a system whose shell never stays. */
function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
