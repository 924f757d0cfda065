import type { Sandbox } from "./sandbox.ts";

/** Returns what tells how much of the time since this call the environments were busy, of 1. */
export function watchBusyShare(environments: Iterable<Sandbox>): () => number {
  const shares = [...environments].map((sandbox) => sandbox.watchBusyShare());
  return () => shares.reduce((sum, share) => sum + share(), 0) / Math.max(1, shares.length);
}
