import { Field } from "../../../parts/field.tsx";
import type { DescribedEvent } from "../../../state/event-types/catalogue.ts";
import { statuses, type TypeProblems, validations } from "../../../state/event-types/type-form.ts";

interface EventTypeOptionsProps {
  type: DescribedEvent | undefined;
  problems: TypeProblems;
}

/** Who sees the type, and what it does to publishes. */
export function EventTypeOptions({ type, problems }: EventTypeOptionsProps) {
  return (
    <>
      <div class="pair">
        <Field label="Group" hint="The heading in lists." problems={problems.group}>
          {(ties) => (
            <input {...ties} name="group" defaultValue={type?.group ?? ""} autocomplete="off" />
          )}
        </Field>
        <Field
          label="Audience"
          hint="Tags, with commas. Empty: everybody."
          problems={problems.audience}
        >
          {(ties) => (
            <input
              {...ties}
              name="audience"
              defaultValue={type?.audience.join(", ") ?? ""}
              autocomplete="off"
            />
          )}
        </Field>
      </div>
      <div class="pair">
        <Field
          label="Status"
          hint="To publishes an archived type is unknown."
          problems={problems.status}
        >
          {(ties) => <Choice ties={ties} name="status" all={statuses} known={type?.status} />}
        </Field>
        <Field
          label="Check publishes"
          hint="warn counts what does not match, enforce refuses it."
          problems={problems.validate}
        >
          {(ties) => (
            <Choice ties={ties} name="validate" all={validations} known={type?.validate} />
          )}
        </Field>
      </div>
    </>
  );
}

interface ChoiceProps {
  ties: object;
  name: string;
  all: readonly string[];
  known: string | undefined;
}

function Choice({ ties, name, all, known }: ChoiceProps) {
  return (
    <select {...ties} name={name}>
      {all.map((one) => (
        <option key={one} selected={one === known}>
          {one}
        </option>
      ))}
    </select>
  );
}
