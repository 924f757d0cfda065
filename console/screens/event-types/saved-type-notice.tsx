import { useEffect } from "preact/hooks";
import { When } from "../../parts/when.tsx";
import { savedType } from "../../state/event-types/saved-type.ts";
import { BreakingList } from "./breaking-list.tsx";

interface SavedTypeNoticeProps {
  topicName: string;
  event: string;
}

/** What saving has come to, and whom it may break; until it is closed or the page is left. */
export function SavedTypeNotice({ topicName, event }: SavedTypeNoticeProps) {
  const forget = () => {
    savedType.value = undefined;
  };
  useEffect(() => forget, [topicName, event]);
  const saved = savedType.value;
  if (saved?.topicName !== topicName || saved.event !== event) return null;
  const { breaking, savedTime } = saved;
  const breaks = breaking.length > 0;
  return (
    <section class={`notice banner ${breaks ? "warn" : "good"}`} aria-label="What was saved">
      <div>
        <p>
          <strong>Saved</strong> <When time={savedTime} />. Publishes follow within a minute.
          {breaks && " The new schema may break somebody:"}
        </p>
        {breaks && <BreakingList breaking={breaking} />}
      </div>
      <button type="button" class="plain small" onClick={forget}>
        Close<span class="unseen"> what was saved</span>
      </button>
    </section>
  );
}
