import { useAction } from "../../state/action.ts";
import { Failure } from "../failure.tsx";

/** Goes on with a list where its last page ended. */
export function MoreButton({ what, load }: { what: string; load: () => Promise<void> }) {
  const { isBusy, error, run } = useAction();
  return (
    <div class="more">
      {error !== undefined && <Failure error={error} />}
      <button type="button" class="plain" aria-busy={isBusy} onClick={() => run(load)}>
        {isBusy ? "Loading…" : `Load ${what}`}
      </button>
    </div>
  );
}
