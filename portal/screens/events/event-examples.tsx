import { useSignal } from "@preact/signals";
import { CodeBlock } from "../../../console/parts/text/code-block.tsx";
import type { DescribedEvent } from "../../../console/state/event-types/catalogue.ts";
import { t } from "../../language/language.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { may } from "../../state/session.ts";
import { SendExample } from "./send-example.tsx";

/** What arrives: the example as it stands in a request. */
export function EventExamples({ type }: { type: DescribedEvent }) {
  const { event, examples } = type;
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
          {may("resend") && <SendExample type={type} example={chosen.value} />}
        </>
      )}
    </section>
  );
}

/** Any time does: it is when the event happened. */
const exampleTime = "2026-01-24T18:20:28Z";
