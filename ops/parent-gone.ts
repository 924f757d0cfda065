const checkMs = 250;

/** npm passes a signal on to its shell only: without this a stopped npm would leave the program running. */
export function onceParentIsGone(stop: () => void): void {
  const parentId = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parentId) return;
    clearInterval(timer);
    stop();
  }, checkMs);
  timer.unref();
}
