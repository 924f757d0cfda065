import { useEffect } from "preact/hooks";
import { spanText } from "../../state/time-text.ts";
import { CopyButton } from "./copy-button.tsx";

/** Long enough to copy it, short enough not to be left on a screen. */
const shownMs = 60_000;

/** A secret that hides itself again. */
export function SecretText({ secret, onHide }: { secret: string; onHide: () => void }) {
  useEffect(() => {
    const timer = setTimeout(onHide, shownMs);
    return () => clearTimeout(timer);
  }, [secret]);
  return (
    <div class="secret">
      <code>{secret}</code>
      <div class="actions">
        <CopyButton text={secret} what="secret" />
        <button type="button" class="plain small" onClick={onHide}>
          Hide
        </button>
      </div>
      <p class="hint">It is hidden again after {spanText(shownMs)}.</p>
    </div>
  );
}
