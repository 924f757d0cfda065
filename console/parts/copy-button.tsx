import { announce } from "../state/announcement.ts";
import { Icon } from "./icon.tsx";

/** Copies a text; `what` is what it is called. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => announce(`Copied the ${what}.`),
      () => announce(`The browser does not let this page copy. Select the ${what} and copy it.`),
    );
  return (
    <button type="button" class="plain small" onClick={copy}>
      <Icon name="copy" />
      Copy<span class="unseen"> the {what}</span>
    </button>
  );
}
