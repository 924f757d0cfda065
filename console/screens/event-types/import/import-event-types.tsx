import { useSignal } from "@preact/signals";
import { Failure } from "../../../parts/failure.tsx";
import { Page } from "../../../parts/page.tsx";
import { useAction } from "../../../state/action.ts";
import { hrefTo } from "../../../state/address/route.ts";
import { announce } from "../../../state/announcement.ts";
import { fieldProblems } from "../../../state/event-types/field-problems.ts";
import {
  countChanges,
  type Draft,
  type ImportChange,
  importDocument,
} from "../../../state/event-types/import-document.ts";
import { TypesTrail } from "../types-trail.tsx";
import { ImportChanges } from "./import-changes.tsx";
import { ImportForm } from "./import-form.tsx";

interface Difference {
  readonly draft: Draft;
  readonly changes: readonly ImportChange[];
  readonly isApplied: boolean;
}

/** First the difference that a document makes, then, when it was seen, the import of just that document. */
export function ImportEventTypes() {
  const shown = useSignal<Difference | undefined>(undefined);
  const { isBusy, error, run } = useAction();
  const { at, rest } = fieldProblems(error, ["document", "topicName"]);
  const look = (draft: Draft) =>
    run(async () => {
      shown.value = undefined;
      shown.value = { draft, changes: await importDocument(draft, true), isApplied: false };
      announce("The difference is shown. Nothing has changed yet.");
    });
  const apply = (draft: Draft) =>
    run(async () => {
      shown.value = { draft, changes: await importDocument(draft, false), isApplied: true };
      announce("The event types are imported.");
    });
  return (
    <Page title="Import event types" trail={<TypesTrail />}>
      <p class="intro">
        Each webhook of an OpenAPI 3.1 document becomes an event type. Types that the document does
        not have stay as they are.
      </p>
      <ImportForm
        isBusy={isBusy}
        problems={at}
        onChange={() => (shown.value = undefined)}
        onSubmit={look}
      />
      {rest !== undefined && <Failure error={rest} />}
      {shown.value && <Changes difference={shown.value} isBusy={isBusy} onApply={apply} />}
    </Page>
  );
}

interface ChangesProps {
  difference: Difference;
  isBusy: boolean;
  onApply: (draft: Draft) => void;
}

function Changes({ difference: { draft, changes, isApplied }, isBusy, onApply }: ChangesProps) {
  const wanted = changes.filter(({ change }) => change !== "unchanged").length;
  return (
    <section class="card flush" aria-labelledby="difference">
      <div class="card-head">
        <h2 id="difference">{isApplied ? "What was imported" : "What would change"}</h2>
        <span class="quiet">{countChanges(changes)}</span>
      </div>
      <ImportChanges changes={changes} isApplied={isApplied} />
      <div class="table-note actions">
        {isApplied && <a href={hrefTo({ screen: "event types" })}>Go to the event types</a>}
        {!isApplied && wanted === 0 && <span>The catalogue has all of it already.</span>}
        {!isApplied && wanted > 0 && (
          <button type="button" aria-busy={isBusy} onClick={() => onApply(draft)}>
            {isBusy ? "Importing…" : `Import ${wanted} event ${wanted === 1 ? "type" : "types"}`}
          </button>
        )}
      </div>
    </section>
  );
}
