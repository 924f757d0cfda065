import type { ComponentChildren } from "preact";
import { useAction } from "../state/action.ts";
import { Dialog } from "./dialog.tsx";
import { Failure } from "./failure.tsx";

interface DeleteDialogProps {
  name: string;
  onDelete: () => Promise<void>;
  onClose: () => void;
  /** What is lost, and what is not. */
  children: ComponentChildren;
}

/** Asks before something is deleted for good. */
export function DeleteDialog({ name, onDelete, onClose, children }: DeleteDialogProps) {
  const { isBusy, error, run } = useAction();
  return (
    <Dialog title={`Delete ${name}?`} onClose={onClose}>
      <div class="stack">
        <p>{children}</p>
        {error !== undefined && <Failure error={error} />}
        <div class="actions end">
          <button type="button" class="plain" onClick={onClose}>
            Keep it
          </button>
          <button type="button" class="danger" aria-busy={isBusy} onClick={() => run(onDelete)}>
            Delete
          </button>
        </div>
      </div>
    </Dialog>
  );
}
