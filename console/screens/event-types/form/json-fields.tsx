import { Field } from "../../../parts/field.tsx";
import type { DescribedEvent } from "../../../state/event-types/catalogue.ts";
import { jsonText, type TypeProblems } from "../../../state/event-types/type-form.ts";

interface JsonFieldsProps {
  type: DescribedEvent | undefined;
  problems: TypeProblems;
}

const schemaExample = `{
  "type": "object",
  "properties": { "invoiceId": { "type": "string" } },
  "required": ["invoiceId"]
}`;

/** What the type says in JSON. */
export function JsonFields({ type, problems }: JsonFieldsProps) {
  return (
    <>
      <Field
        label="Schema"
        hint="JSON Schema 2020-12. A changed schema is a new version; the last 20 are kept."
        problems={problems.schema}
      >
        {(ties) => (
          <textarea
            {...ties}
            name="schema"
            rows={12}
            spellcheck={false}
            defaultValue={jsonText(type?.schema)}
            placeholder={schemaExample}
          />
        )}
      </Field>
      <Field
        label="Examples"
        hint="A list of up to ten values. The schema must accept each of them."
        problems={problems.examples}
      >
        {(ties) => (
          <textarea
            {...ties}
            name="examples"
            rows={6}
            spellcheck={false}
            defaultValue={jsonText(type?.examples)}
            placeholder={'[{ "invoiceId": "in_1" }]'}
          />
        )}
      </Field>
    </>
  );
}
