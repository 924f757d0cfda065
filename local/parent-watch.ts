const CHECK_MS = 250;

/**
 * Calls back when the process that started this one is gone. npm cannot pass on a `kill -9` of
 * itself; without this its child would go on unseen and keep the port.
 */
export function watchParent(onGone: () => void): void {
  const parentId = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parentId) return;
    clearInterval(timer);
    onGone();
  }, CHECK_MS);
  timer.unref();
}
