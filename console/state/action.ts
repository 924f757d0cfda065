import { useSignal } from "@preact/signals";

export interface Task {
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Does it unless it is under way; what it throws is kept for the screen to show. */
  run(work: () => Promise<void>): Promise<void>;
}

/** Something that a user sets going, with how it goes. */
export function useAction(): Task {
  const isBusy = useSignal(false);
  const error = useSignal<unknown>(undefined);
  return {
    isBusy: isBusy.value,
    error: error.value,
    async run(work) {
      if (isBusy.peek()) return;
      isBusy.value = true;
      error.value = undefined;
      try {
        await work();
      } catch (thrown) {
        error.value = thrown;
      } finally {
        isBusy.value = false;
      }
    },
  };
}
