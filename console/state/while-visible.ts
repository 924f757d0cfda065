import { useEffect, useRef } from "preact/hooks";

/** Does the work again and again, with pauses, while it is wanted and somebody can see the page. */
export function useWhileVisible(work: () => Promise<void>, pauseMs: number, isWanted: boolean) {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    if (!isWanted) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isWorking = false;
    let isOver = false;
    const wait = () => {
      clearTimeout(timer);
      if (!isOver && !document.hidden) timer = setTimeout(workOnce, pauseMs);
    };
    const workOnce = async () => {
      if (isWorking) return;
      isWorking = true;
      await latest.current();
      isWorking = false;
      wait();
    };
    const onVisibility = () => {
      if (document.hidden) clearTimeout(timer);
      else workOnce();
    };
    wait();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [pauseMs, isWanted]);
}
