import { CutText } from "../../../parts/text/cut-text.tsx";
import { hrefTo } from "../../../state/address/route.ts";
import type { ImportChange } from "../../../state/event-types/import-document.ts";
import { BreakingList } from "../breaking-list.tsx";

const words: Record<ImportChange["change"], string> = {
  created: "new",
  updated: "changed",
  unchanged: "unchanged",
};

interface ImportChangesProps {
  changes: readonly ImportChange[];
  isApplied: boolean;
}

/** Type by type what an import does; a type that is not there yet has no page to lead to. */
export function ImportChanges({ changes, isApplied }: ImportChangesProps) {
  if (changes.length === 0) return <p class="table-note">The document has no webhooks.</p>;
  return (
    <table class="rows imported">
      <thead>
        <tr>
          <th scope="col">Event</th>
          <th scope="col">Topic</th>
          <th scope="col">Change</th>
          <th scope="col">What differs</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((one) => (
          <ChangeRow
            key={`${one.topicName}/${one.event}`}
            change={one}
            isThere={isApplied || one.change !== "created"}
          />
        ))}
      </tbody>
    </table>
  );
}

function ChangeRow({ change: one, isThere }: { change: ImportChange; isThere: boolean }) {
  const { topicName, event, change, fields, breaking } = one;
  const name = <CutText text={String(event)} />;
  return (
    <tr>
      <th scope="row" data-label="Event" class="name">
        {isThere ? (
          <a href={hrefTo({ screen: "event type", topicName, event: String(event) })} data-row>
            {name}
          </a>
        ) : (
          name
        )}
      </th>
      <td data-label="Topic" class="cache">
        <CutText text={topicName} />
      </td>
      <td data-label="Change">
        <span class={change === "unchanged" ? "quiet" : undefined}>{words[change]}</span>
      </td>
      <td data-label="What differs">
        <span>{fields.length === 0 ? "—" : fields.join(", ")}</span>
        {breaking.length > 0 && <BreakingList breaking={breaking} />}
      </td>
    </tr>
  );
}
