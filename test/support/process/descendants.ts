import { execFileSync, spawnSync } from "node:child_process";

/** The process ids of everything that this process has started, directly or not. */
export function descendantsOf(pid: number): number[] {
  const listing = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = listing
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = pairs.flatMap(([child, parent]) =>
    child !== undefined && parent === pid ? [child] : [],
  );
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Not gone, and not a zombie either, which only waits for its new parent to notice. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}
