import { Failure } from "../../parts/failure.tsx";
import { useAction } from "../../state/action.ts";
import { announce } from "../../state/announcement.ts";
import { hookcast } from "../../state/hookcast.ts";

interface RetryButtonProps {
  webhookId: string;
  messageId: string;
  onRetried: () => void;
}

export function RetryButton({ webhookId, messageId, onRetried }: RetryButtonProps) {
  const { isBusy, error, run } = useAction();
  const retry = () =>
    run(async () => {
      const { held } = await hookcast().retryDelivery({ webhookId, messageId });
      announce(held ? "Queued. Deliveries are paused, so it waits." : "It is being sent again.");
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
