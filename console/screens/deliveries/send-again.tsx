import { Failure } from "../../parts/failure.tsx";
import { useAction } from "../../state/action.ts";
import { announce } from "../../state/announcement.ts";
import { hookcast } from "../../state/hookcast.ts";

interface SendAgainProps {
  webhookId: string;
  /** Messages whose delivery failed. */
  chosen: ReadonlySet<string>;
  onSent: () => Promise<void>;
}

/** The most that one call takes. */
const most = 100;

/** Sends what is chosen again, in one call. */
export function SendAgain({ webhookId, chosen, onSent }: SendAgainProps) {
  const { isBusy, error, run } = useAction();
  const messageIds = [...chosen].slice(0, most);
  const send = () =>
    run(async () => {
      const { held } = await hookcast().recoverDeliveries({
        webhookId,
        mode: "failed",
        messageIds,
      });
      announce(
        held
          ? `${messageIds.length} queued. Deliveries are paused, so they wait.`
          : `${messageIds.length} queued to be sent again.`,
      );
      await onSent();
    });
  return (
    <>
      {error !== undefined && <Failure error={error} />}
      <button
        type="button"
        class="plain small"
        disabled={messageIds.length === 0}
        aria-busy={isBusy}
        onClick={send}
      >
        Send again ({messageIds.length})
      </button>
    </>
  );
}
