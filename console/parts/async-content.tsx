import type { ComponentChildren } from "preact";
import type { Loaded } from "../state/loaded.ts";
import { Failure } from "./failure.tsx";
import { Loading } from "./loading.tsx";

interface ShownProps<T> {
  loaded: Loaded<T>;
  /** What is being loaded, in the plural or with an article. */
  what: string;
  children: (value: T) => ComponentChildren;
}

/** What was loaded, or that it is still coming, or why it does not. */
export function AsyncContent<T>({ loaded, what, children }: ShownProps<T>) {
  const { value, error, reload } = loaded;
  return (
    <>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {value !== undefined && children(value)}
      {value === undefined && error === undefined && <Loading what={what} />}
    </>
  );
}
