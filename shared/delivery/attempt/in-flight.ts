/** Runs work, but no more than `most` pieces of one group at a time; the rest wait their turn. */
export type InFlight = <T>(group: string, most: number, work: () => Promise<T>) => Promise<T>;

/** One receiver that hangs must not have every connection of an environment wait for it. */
export function openInFlight(): InFlight {
  const running = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();

  const leave = (group: string) => {
    const next = waiting.get(group)?.shift();
    if (next) return next();
    const left = (running.get(group) ?? 1) - 1;
    if (left > 0) running.set(group, left);
    else {
      running.delete(group);
      waiting.delete(group);
    }
  };

  return async (group, most, work) => {
    const count = running.get(group) ?? 0;
    if (count < most) running.set(group, count + 1);
    else {
      await new Promise<void>((resolve) => {
        waiting.set(group, [...(waiting.get(group) ?? []), resolve]);
      });
    }
    try {
      return await work();
    } finally {
      leave(group);
    }
  };
}
