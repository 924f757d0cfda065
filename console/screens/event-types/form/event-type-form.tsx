import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Failure } from "../../../parts/failure.tsx";
import { Field } from "../../../parts/field.tsx";
import { useAction } from "../../../state/action.ts";
import type { DescribedEvent } from "../../../state/event-types/catalogue.ts";
import { fieldProblems } from "../../../state/event-types/field-problems.ts";
import {
  formFieldNames,
  type TypeFields,
  type TypeProblems,
  typeFields,
} from "../../../state/event-types/type-form.ts";
import { type FormSubmit, submitted } from "../../../state/submitted.ts";
import { EventTypeOptions } from "./event-type-options.tsx";
import { JsonFields } from "./json-fields.tsx";

interface EventTypeFormProps {
  /** What is there already. */
  type?: DescribedEvent;
  /** Fields for the name, where it has none yet. */
  naming?: (problems: TypeProblems) => ComponentChildren;
  submitText: string;
  cancelHref: string;
  /** Something was entered since it was last submitted. */
  onChange?: () => void;
  onSubmit: (fields: TypeFields, field: (name: string) => string) => Promise<void>;
  /** What is to be read before it is submitted. */
  children?: ComponentChildren;
}

/** Everything that a type says, with what is wrong beside the field that it is about. */
export function EventTypeForm(props: EventTypeFormProps) {
  const { type, naming, submitText, cancelHref, onChange, onSubmit, children } = props;
  const { isBusy, error, run } = useAction();
  const form = useRef<HTMLFormElement>(null);
  const { at, rest } = fieldProblems(error, formFieldNames);
  useEffect(() => {
    if (error !== undefined) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [error]);
  const submit = (event: FormSubmit) => {
    const field = submitted(event);
    run(async () => onSubmit(typeFields(field), field));
  };
  const count = Object.keys(at).length;
  return (
    <form ref={form} class="card stack narrow" onInput={onChange} onSubmit={submit}>
      {naming?.(at)}
      <Field
        label="Description"
        hint="What has happened when it is published."
        problems={at.description}
      >
        {(ties) => (
          <textarea
            {...ties}
            class="prose"
            name="description"
            rows={2}
            defaultValue={type?.description ?? ""}
          />
        )}
      </Field>
      <EventTypeOptions type={type} problems={at} />
      <JsonFields type={type} problems={at} />
      {rest !== undefined && <Failure error={rest} />}
      {count > 0 && (
        <p class="bad-text" role="alert">
          Not saved. Correct {count === 1 ? "the marked field" : `the ${count} marked fields`}.
        </p>
      )}
      {children}
      <div class="actions">
        <button type="submit" aria-busy={isBusy}>
          {isBusy ? "Saving…" : submitText}
        </button>
        <a class="button plain" href={cancelHref}>
          Cancel
        </a>
      </div>
    </form>
  );
}
