import { Failure } from "../../parts/failure.tsx";
import { useAction } from "../../state/action.ts";
import { announce } from "../../state/announcement.ts";
import { hookcast } from "../../state/hookcast.ts";

interface CheckButtonProps {
  webhookId: string;
  onChecked: () => Promise<void>;
}

/** Sends a test event: one that arrives makes all that waits due. */
export function CheckButton({ webhookId, onChecked }: CheckButtonProps) {
  const { isBusy, error, run } = useAction();
  const check = () =>
    run(async () => {
      const { delivered, error, statusCode } = await hookcast().testWebhook({ webhookId });
      const cause = error ?? `HTTP ${statusCode}`;
      announce(
        delivered
          ? "The receiver works again. What waits is sent now."
          : `The receiver still fails: ${cause}.`,
      );
      await onChecked();
    });
  return (
    <>
      <button type="button" class="small" aria-busy={isBusy} onClick={check}>
        {isBusy ? "Checking…" : "Check now"}
      </button>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
