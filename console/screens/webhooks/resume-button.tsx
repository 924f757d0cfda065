import { Failure } from "../../parts/failure.tsx";
import { useAction } from "../../state/action.ts";
import { announce } from "../../state/announcement.ts";
import { hookcast } from "../../state/hookcast.ts";
import { countText } from "../../state/numbers.ts";

interface ResumeButtonProps {
  webhookId: string;
  /** The webhook's name, for those who do not see the row. */
  what: string;
  onResumed: () => Promise<void>;
}

/** Makes all that waits for a webhook due now. */
export function ResumeButton({ webhookId, what, onResumed }: ResumeButtonProps) {
  const { isBusy, error, run } = useAction();
  const resume = () =>
    run(async () => {
      const { waiting } = await hookcast().resumeWebhook({ webhookId });
      announce(`${what} is resumed: ${countText(waiting)} waiting, sent now at a rising rate.`);
      await onResumed();
    });
  return (
    <>
      <button type="button" class="plain small" aria-busy={isBusy} onClick={resume}>
        Resume<span class="unseen"> {what}</span>
      </button>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
