import { useSignal } from "@preact/signals";
import { CodeBlock } from "../../../console/parts/code/code-block.tsx";
import type { EventCode } from "../../../shared/contract/values/event.ts";
import { t } from "../../language/language.ts";
import { CopyButton } from "../../parts/copy-button.tsx";

interface EventExamplesProps {
  event: EventCode;
  examples: readonly unknown[];
}

/** What arrives: the example as it stands in a request. */
export function EventExamples({ event, examples }: EventExamplesProps) {
  const chosen = useSignal(0);
  const example = examples[chosen.value];
  const body = JSON.stringify({ type: String(event), timestamp: exampleTime, data: example });
  return (
    <section class="card stack" aria-labelledby="example">
      <div class="card-head">
        <h2 id="example">{t("events.example")}</h2>
        {examples.length > 1 && (
          <select
            aria-label={t("events.example")}
            onChange={(change) => (chosen.value = Number(change.currentTarget.value))}
          >
            {examples.map((_, index) => (
              <option key={index} value={index}>
                {t("events.exampleNumber", { count: index + 1 })}
              </option>
            ))}
          </select>
        )}
      </div>
      {example === undefined ? (
        <p class="quiet">{t("events.noExample")}</p>
      ) : (
        <>
          <p class="quiet">{t("events.exampleText")}</p>
          <CodeBlock text={body} />
          <div class="actions">
            <CopyButton text={body} />
          </div>
        </>
      )}
    </section>
  );
}

/** Any time does: it is when the event happened. */
const exampleTime = "2026-01-24T18:20:28Z";
