import { useSignal } from "@preact/signals";

export interface Chosen {
  readonly ids: ReadonlySet<string>;
  toggle(id: string): void;
  clear(): void;
}

/** What is ticked, to be sent again together. */
export function useChosen(): Chosen {
  const ids = useSignal<ReadonlySet<string>>(new Set());
  return {
    ids: ids.value,
    toggle(id) {
      const next = new Set(ids.value);
      if (!next.delete(id)) next.add(id);
      ids.value = next;
    },
    clear() {
      ids.value = new Set();
    },
  };
}
