import { Dialog } from "../../parts/dialog.tsx";
import { Failure } from "../../parts/failure.tsx";
import { useAction } from "../../state/action.ts";
import { goTo } from "../../state/address/navigation.ts";
import { hookcast } from "../../state/hookcast.ts";

interface DeleteEventTypeProps {
  topicName: string;
  event: string;
  onClose: () => void;
}

export function DeleteEventType({ topicName, event, onClose }: DeleteEventTypeProps) {
  const { isBusy, error, run } = useAction();
  const remove = () =>
    run(async () => {
      await hookcast().deleteEventType({ topicName, event });
      goTo({ screen: "event types" }, `${event} is deleted.`);
    });
  return (
    <Dialog title={`Delete ${event}?`} onClose={onClose}>
      <div class="stack">
        <p>
          Every version of its schema is lost, and publishes are not checked any longer. Webhooks
          that listen to the event go on. To hide a type and keep it, set its status to archived.
        </p>
        {error !== undefined && <Failure error={error} />}
        <div class="actions end">
          <button type="button" class="plain" onClick={onClose}>
            Keep it
          </button>
          <button type="button" class="danger" aria-busy={isBusy} onClick={remove}>
            Delete
          </button>
        </div>
      </div>
    </Dialog>
  );
}
