import { Failure } from "../../parts/failure.tsx";
import { announce } from "../../state/announcement.ts";
import { hookcast } from "../../state/hookcast.ts";
import { useTask } from "../../state/task.ts";

interface RetryButtonProps {
  webhookId: string;
  messageId: string;
  onRetried: () => void;
}

export function RetryButton({ webhookId, messageId, onRetried }: RetryButtonProps) {
  const { isBusy, error, run } = useTask();
  const retry = () =>
    run(async () => {
      await hookcast().retryDelivery({ webhookId, messageId });
      announce("It is being sent again.");
      onRetried();
    });
  return (
    <>
      <button type="button" aria-busy={isBusy} onClick={retry}>
        {isBusy ? "Sending…" : "Send again"}
      </button>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
