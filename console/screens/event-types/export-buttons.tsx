import { Failure } from "../../parts/failure.tsx";
import { useAction } from "../../state/action.ts";
import { saveDocument } from "../../state/event-types/save-document.ts";

/** The catalogue for other programs. */
export function ExportButtons() {
  const { isBusy, error, run } = useAction();
  return (
    <div class="stack">
      <div class="actions">
        <span class="quiet">Export what is active or deprecated:</span>
        <button
          type="button"
          class="plain small"
          aria-busy={isBusy}
          onClick={() => run(() => saveDocument("openapi.json"))}
        >
          OpenAPI
        </button>
        <button
          type="button"
          class="plain small"
          aria-busy={isBusy}
          onClick={() => run(() => saveDocument("asyncapi.json"))}
        >
          AsyncAPI
        </button>
      </div>
      {error !== undefined && <Failure error={error} />}
    </div>
  );
}
