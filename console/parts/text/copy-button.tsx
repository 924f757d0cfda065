import { announce } from "../../state/announcement.ts";
import { Icon } from "../icon.tsx";

interface CopyButtonProps {
  text: string;
  /** What it is called. */
  what: string;
  /** What the button says where “Copy” alone does not tell. */
  label?: string;
}

export function CopyButton({ text, what, label }: CopyButtonProps) {
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
      {label ?? (
        <>
          Copy<span class="unseen"> the {what}</span>
        </>
      )}
    </button>
  );
}
