import { useSignal } from "@preact/signals";
import { Icon } from "../../console/parts/icon.tsx";
import { t } from "../language/language.ts";
import type { TextKey } from "../language/texts/en.ts";

/** Copies, and says on the button itself what came of it: in a frame a toast would be out of sight. */
export function CopyButton({ text, label = "app.copy" }: { text: string; label?: TextKey }) {
  const outcome = useSignal<TextKey | undefined>(undefined);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      outcome.value = "app.copied";
    } catch {
      outcome.value = "app.copyFailed"; // a frame may copy only where the page around it allows it
    }
  };
  return (
    <button type="button" class="plain small" onClick={copy}>
      <Icon name="copy" />
      <span aria-live="polite">{t(outcome.value ?? label)}</span>
    </button>
  );
}
