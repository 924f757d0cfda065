import { announce } from "../state/announcement.ts";
import { Icon } from "./icon.tsx";

/** Copies a text; `what` is what it is called. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce(`Copied the ${what}.`);
    } catch {
      announce(`The browser does not let this page copy. Select the ${what} and copy it.`);
    }
  };
  return (
    <button type="button" class="plain small" onClick={copy}>
      <Icon name="copy" />
      Copy<span class="unseen"> the {what}</span>
    </button>
  );
}
