import { t } from "../../language/language.ts";
import { CodeBlock } from "../../parts/code-block.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { fieldsOf, type SchemaField } from "../../state/schema-fields.ts";

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
          {fields.length > 0 && <FieldTable fields={fields} />}
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

function FieldTable({ fields }: { fields: readonly SchemaField[] }) {
  return (
    <table class="fields">
      <thead>
        <tr>
          <th scope="col">{t("events.field")}</th>
          <th scope="col">{t("events.type")}</th>
          <th scope="col">{t("events.meaning")}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, type, meaning, isRequired }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
            </th>
            <td>{type}</td>
            <td>
              {meaning}
              {isRequired && <span class="hint line">{t("events.required")}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
