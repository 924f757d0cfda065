import { FieldTable } from "../../parts/tables/field-table.tsx";
import { CodeBlock } from "../../parts/text/code-block.tsx";
import { CopyButton } from "../../parts/text/copy-button.tsx";
import { fieldsOf } from "../../state/event-types/schema-fields.ts";

const words = { field: "Field", type: "Type", meaning: "Meaning", required: "always there" };

/** The fields in words, and the schema itself for programs. */
export function EventTypeSchema({ schema }: { schema: unknown }) {
  const hasSchema = schema !== null && schema !== undefined;
  const fields = fieldsOf(schema);
  const text = JSON.stringify(schema, null, 2);
  return (
    <section class="card flush" aria-labelledby="schema">
      <div class="card-head">
        <h2 id="schema">Schema</h2>
        {hasSchema && <CopyButton text={text} what="schema" />}
      </div>
      {hasSchema ? (
        <>
          {fields.length > 0 && <FieldTable fields={fields} words={words} />}
          <details class="details" open={fields.length === 0}>
            <summary>As JSON</summary>
            <CodeBlock text={text} />
          </details>
        </>
      ) : (
        <p class="table-note">There is no schema: the value may have any form.</p>
      )}
    </section>
  );
}
