import { isHelpOpen, keyHelp } from "../../state/keys.ts";
import { Dialog } from "../dialog.tsx";

/** The keys, until they are known by heart. */
export function KeyHelp() {
  if (!isHelpOpen.value) return null;
  const close = () => {
    isHelpOpen.value = false;
  };
  return (
    <Dialog title="Keys" onClose={close}>
      <dl class="key-help">
        {Object.entries(keyHelp).map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div class="actions end">
        <button type="button" class="plain" onClick={close}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
