import { announce, announcement } from "../../state/announcement.ts";

/** Tells results where everybody notices them, until somebody has enough or goes on. */
export function Announcer() {
  const text = announcement.value;
  return (
    <div class="announcer">
      <div role="status">{text && <p class="toast">{text}</p>}</div>
      {text && (
        <button type="button" class="plain small" onClick={() => announce("")}>
          Dismiss
        </button>
      )}
    </div>
  );
}
