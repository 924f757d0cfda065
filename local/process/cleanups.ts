/** What is to be undone, the latest first, as in an AsyncDisposableStack, which Node has only from 24 on. */
export interface Cleanups extends AsyncDisposable {
  use(resource: Disposable | AsyncDisposable): void;
  defer(undo: () => unknown): void;
  /** Hands everything over: leaving the scope of this one then undoes nothing. */
  move(): Cleanups;
}

export function createCleanups(first: readonly (() => unknown)[] = []): Cleanups {
  let undos = [...first];
  return {
    use: (resource) => {
      undos.push(() =>
        Symbol.asyncDispose in resource
          ? resource[Symbol.asyncDispose]()
          : resource[Symbol.dispose](),
      );
    },
    defer: (undo) => void undos.push(undo),
    move: () => {
      const moved = createCleanups(undos);
      undos = [];
      return moved;
    },
    async [Symbol.asyncDispose]() {
      const failures: unknown[] = [];
      for (const undo of undos.splice(0).reverse()) {
        try {
          await undo();
        } catch (error) {
          failures.push(error);
        }
      }
      // One that fails keeps none of the others from being undone.
      if (failures.length > 0) throw failures[0];
    },
  };
}
