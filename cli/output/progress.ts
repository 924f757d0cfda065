import { Presets, SingleBar } from "cli-progress";

interface Progress extends Disposable {
  /** What it stands at, with whatever its format names. */
  update(value: number, total: number, named?: Record<string, string | number>): void;
  /** Lets others print: they begin at an empty line, and the bar goes on below. */
  aside(print: () => void): void;
}

/** A bar on stderr where that is a terminal, else nothing; disposing leaves it as it stands. */
export function startProgress(
  format: string,
  named: Record<string, string | number> = {},
): Progress {
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
  if (isShown) bar.start(1, 0, named);
  return {
    update(value, total, named) {
      if (!isShown) return;
      bar.setTotal(Math.max(total, 1));
      bar.update(value, named);
    },
    aside(print) {
      if (isShown) process.stderr.write("\r\u001b[K");
      print();
    },
    [Symbol.dispose]: () => bar.stop(),
  };
}
