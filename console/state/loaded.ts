import { batch, useSignal } from "@preact/signals";
import { useCallback, useEffect, useRef } from "preact/hooks";

export interface Loaded<T> {
  /** What came last; undefined as long as nothing has. */
  readonly value: T | undefined;
  /** When that came; epoch milliseconds. */
  readonly loadedTimeMs: number | undefined;
  /** Why the last try failed; what came before it stays. */
  readonly error: unknown;
  readonly reload: () => Promise<void>;
  readonly change: (change: (known: T) => T) => void;
}

/** `known` tells what there is by then: it may have changed since the request. */
type Load<T> = (signal: AbortSignal, known: () => T | undefined) => Promise<T>;

/** Loads what a screen shows, anew for each `subject`; only the last request counts. */
export function useLoaded<T>(subject: string, load: Load<T>): Loaded<T> {
  const value = useSignal<T | undefined>(undefined);
  const loadedTimeMs = useSignal<number | undefined>(undefined);
  const error = useSignal<unknown>(undefined);
  const latest = useRef(load);
  latest.current = load;
  const current = useRef(new AbortController());

  const reload = useCallback(async () => {
    current.current.abort();
    current.current = new AbortController();
    const { signal } = current.current;
    const [outcome] = await Promise.allSettled([latest.current(signal, () => value.peek())]);
    if (signal.aborted) return;
    batch(() => {
      error.value = outcome.status === "rejected" ? outcome.reason : undefined;
      if (outcome.status !== "fulfilled") return;
      value.value = outcome.value;
      loadedTimeMs.value = Date.now();
    });
  }, []);
  const change = useCallback((change: (known: T) => T) => {
    const known = value.peek();
    if (known !== undefined) value.value = change(known);
  }, []);

  useEffect(() => {
    batch(() => {
      value.value = undefined;
      error.value = undefined;
    });
    reload();
    return () => current.current.abort();
  }, [subject]);

  return {
    value: value.value,
    loadedTimeMs: loadedTimeMs.value,
    error: error.value,
    reload,
    change,
  };
}
