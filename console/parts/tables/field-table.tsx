import type { SchemaField } from "../../state/event-types/schema-fields.ts";

interface FieldTableProps {
  fields: readonly SchemaField[];
  /** In the reader's language. */
  words: Readonly<Record<"field" | "type" | "meaning" | "required", string>>;
}

/** What an event carries, field by field. */
export function FieldTable({ fields, words }: FieldTableProps) {
  return (
    <table class="fields">
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.type}</th>
          <th scope="col">{words.meaning}</th>
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
              {isRequired && <span class="hint line">{words.required}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
