import { Presets, SingleBar } from "cli-progress";

interface Progress extends Disposable {
  /** What it stands at, with whatever its format names. */
  update(value: number, total: number, named?: Record<string, string | number>): void;
}

/** A bar on stderr where that is a terminal, else nothing; disposing leaves it as it stands. */
export function startProgress(format: string): Progress {
  const bar = new SingleBar(
    {
      format,
      stream: process.stderr,
      hideCursor: true,
      gracefulExit: false,
      clearOnComplete: false,
    },
    Presets.shades_classic,
  );
  const isShown = process.stderr.isTTY;
  if (isShown) bar.start(1, 0);
  return {
    update(value, total, named) {
      if (!isShown) return;
      bar.setTotal(Math.max(total, 1));
      bar.update(value, named);
    },
    [Symbol.dispose]: () => bar.stop(),
  };
}
