import { FieldTable } from "../../../console/parts/tables/field-table.tsx";
import { CodeBlock } from "../../../console/parts/text/code-block.tsx";
import { fieldsOf } from "../../../console/state/event-types/schema-fields.ts";
import { t } from "../../language/language.ts";
import { CopyButton } from "../../parts/copy-button.tsx";

interface EventSchemaProps {
  schema: unknown;
  /** 0 where there never was one. */
  version: number;
}

/** The fields in words, and the schema itself for programs. */
export function EventSchema({ schema, version }: EventSchemaProps) {
  const fields = fieldsOf(schema);
  const text = JSON.stringify(schema);
  return (
    <section class="card flush" aria-labelledby="schema">
      <div class="card-head">
        <h2 id="schema">{t("events.fields")}</h2>
        {version > 0 && <span class="hint">{t("events.version", { count: version })}</span>}
      </div>
      {schema === null || schema === undefined ? (
        <p class="table-note">{t("events.noSchema")}</p>
      ) : (
        <>
          {fields.length > 0 && <FieldTable fields={fields} words={fieldWords()} />}
          <details class="details" open={fields.length === 0}>
            <summary>{t("events.asJson")}</summary>
            <div class="stack">
              <CodeBlock text={text} />
              <div class="actions">
                <CopyButton text={text} />
              </div>
            </div>
          </details>
        </>
      )}
    </section>
  );
}

function fieldWords() {
  return {
    field: t("events.field"),
    type: t("events.type"),
    meaning: t("events.meaning"),
    required: t("events.required"),
  };
}
