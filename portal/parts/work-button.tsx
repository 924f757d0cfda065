import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useAction } from "../../console/state/action.ts";
import { Failure } from "./failure.tsx";

interface WorkButtonProps {
  kind?: string;
  isDisabled?: boolean;
  /** What it says while it works. */
  busy?: string;
  /** Gives what came of it, if that is to be said. */
  work: () => Promise<string | undefined>;
  children: ComponentChildren;
}

/** A button that does something, and says beside itself what came of it. */
export function WorkButton({
  kind = "plain",
  isDisabled = false,
  busy,
  work,
  children,
}: WorkButtonProps) {
  const { isBusy, error, run } = useAction();
  const outcome = useSignal<string | undefined>(undefined);
  const start = () =>
    run(async () => {
      outcome.value = undefined;
      outcome.value = await work();
    });
  return (
    <>
      <button type="button" class={kind} disabled={isDisabled} aria-busy={isBusy} onClick={start}>
        {isBusy && busy ? busy : children}
      </button>
      <span role="status" class="outcome">
        {outcome.value}
      </span>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
