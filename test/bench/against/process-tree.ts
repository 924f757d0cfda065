import { readdirSync, readFileSync } from "node:fs";
import { BenchRefusal } from "../bench-refusal.ts";

/** Linux counts CPU for its users in hundredths of a second, whatever its own clock is. */
const msPerTick = 10;

interface Stat {
  parent: number;
  ticks: number;
}

/** Throws a BenchRefusal where the system has no such files. */
export function assertProc(): void {
  if (statOf(process.pid)) return;
  throw new BenchRefusal("--against reads CPU and memory from /proc, which only Linux has.");
}

/** Milliseconds of CPU that a process and those below it have used, ended ones included. */
export function cpuMsOf(rootPid: number): number {
  return treeOf(rootPid).reduce((sum, [, { ticks }]) => sum + ticks, 0) * msPerTick;
}

/** Megabytes (PSS: a page that n processes share counts as an n-th) of a process and those below it. */
export function memoryMbOf(rootPid: number): number {
  const kilobytes = treeOf(rootPid).map(([pid]) => {
    const rollup = read(`/proc/${pid}/smaps_rollup`) ?? "";
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, kB) => sum + kB, 0) / 1024;
}

function treeOf(rootPid: number): [number, Stat][] {
  const stats = new Map<number, Stat>();
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat) stats.set(Number(name), stat);
  }
  const isBelow = (pid: number): boolean => {
    if (pid === rootPid) return true;
    const parent = stats.get(pid)?.parent;
    return parent !== undefined && parent > 1 && isBelow(parent);
  };
  return [...stats].filter(([pid]) => isBelow(pid));
}

/** undefined once the process is gone. */
function statOf(pid: number): Stat | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name of the program, which is in parentheses, may have spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // utime, stime, and both of the children that have ended and been waited for.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), ticks };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
