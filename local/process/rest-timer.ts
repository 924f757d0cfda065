/** Acts once whenever nothing has been noted for so long. */
export interface RestTimer {
  note(): void;
  stop(): void;
}

export function createRestTimer(quietMs: number, act: () => void): RestTimer {
  const timer = setTimeout(act, quietMs);
  timer.unref();
  return {
    // It runs again even where it has run out.
    note: () => void timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}
