import { DeleteDialog } from "../../parts/delete-dialog.tsx";
import { goTo } from "../../state/address/navigation.ts";
import { hookcast } from "../../state/hookcast.ts";

interface DeleteEventTypeProps {
  topicName: string;
  event: string;
  onClose: () => void;
}

export function DeleteEventType({ topicName, event, onClose }: DeleteEventTypeProps) {
  const remove = async () => {
    await hookcast().deleteEventType({ topicName, event });
    goTo({ screen: "event types" }, `${event} is deleted.`);
  };
  return (
    <DeleteDialog name={event} onDelete={remove} onClose={onClose}>
      Every version of its schema is lost, and publishes are not checked any longer. Webhooks that
      listen to the event go on. To hide a type and keep it, set its status to archived.
    </DeleteDialog>
  );
}
