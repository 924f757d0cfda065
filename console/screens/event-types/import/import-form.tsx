import { useRef } from "preact/hooks";
import { Field } from "../../../parts/field.tsx";
import type { FieldProblems } from "../../../state/event-types/field-problems.ts";
import type { Draft } from "../../../state/event-types/import-document.ts";
import { type FormSubmit, submitted } from "../../../state/submitted.ts";

interface ImportFormProps {
  isBusy: boolean;
  problems: FieldProblems<"document" | "topicName">["at"];
  /** What was shown of another document no longer holds. */
  onChange: () => void;
  onSubmit: (draft: Draft) => void;
}

export function ImportForm({ isBusy, problems, onChange, onSubmit }: ImportFormProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const submit = (event: FormSubmit) => {
    const field = submitted(event);
    onSubmit({ text: field("document"), topicName: field("topicName") });
  };
  const readFile = async (file: File | undefined) => {
    if (!file || !area.current) return;
    area.current.value = await file.text();
    onChange();
  };
  return (
    <form class="card stack narrow" onSubmit={submit} onInput={onChange}>
      <Field label="File" hint="JSON. It fills the field below, and goes nowhere yet.">
        {(ties) => (
          <input
            {...ties}
            type="file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => readFile(currentTarget.files?.[0])}
          />
        )}
      </Field>
      <Field label="Document" problems={problems.document}>
        {(ties) => (
          <textarea
            {...ties}
            ref={area}
            name="document"
            rows={12}
            spellcheck={false}
            placeholder={'{ "openapi": "3.1.0", "webhooks": { "invoice.paid": { "post": {} } } }'}
            required
          />
        )}
      </Field>
      <Field
        label="Topic"
        hint="Of webhooks that name none in x-hookcast."
        problems={problems.topicName}
      >
        {(ties) => <input {...ties} name="topicName" placeholder="default" autocomplete="off" />}
      </Field>
      <div class="actions">
        <button type="submit" aria-busy={isBusy}>
          {isBusy ? "Looking…" : "Show the difference"}
        </button>
      </div>
    </form>
  );
}
