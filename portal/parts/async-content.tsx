import type { ComponentChildren } from "preact";
import type { Loaded } from "../../console/state/loaded.ts";
import { t } from "../language/language.ts";
import { Failure } from "./failure.tsx";

interface AsyncContentProps<T> {
  loaded: Loaded<T>;
  children: (value: T) => ComponentChildren;
}

/** What was loaded, or that it is still coming, or why it does not. */
export function AsyncContent<T>({ loaded, children }: AsyncContentProps<T>) {
  const { value, error, reload } = loaded;
  return (
    <>
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {value !== undefined && children(value)}
      {value === undefined && error === undefined && <Loading />}
    </>
  );
}

function Loading() {
  return (
    <div class="loading" role="status">
      <span class="skeleton" />
      <span class="skeleton" />
      <span class="skeleton" />
      <span class="unseen">{t("app.loading")}</span>
    </div>
  );
}
