// One Ctrl-C arrives twice under npm: from the terminal, and passed on by npm.
const samePressMs = 500;

/** Stops cleanly at the first SIGINT, SIGTERM or SIGHUP and at once at the second. */
export function onStopSignal(stop: () => Promise<void>): void {
  let firstMs: number | undefined;
  const receive = () => {
    if (firstMs === undefined) {
      firstMs = performance.now();
      void stop();
    } else if (performance.now() - firstMs > samePressMs) {
      process.exit(130);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, receive);
}
