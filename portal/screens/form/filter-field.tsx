import { useSignal } from "@preact/signals";
import { Field } from "../../../console/parts/field.tsx";
import { hookcast } from "../../../console/state/hookcast.ts";
import { t } from "../../language/language.ts";
import { WorkButton } from "../../parts/work-button.tsx";
import { filterOf } from "../../state/endpoint-form.ts";
import { cacheName } from "../../state/session.ts";

interface FilterFieldProps {
  /** JSON; empty: everything passes. */
  text: string;
  onChange: (text: string) => void;
}

const exampleFilter = '{ "value": { "amount": [{ "numeric": [">=", 100] }] } }';
const exampleValue = '{ "amount": 120 }';

/** Chooses events by what is in them, and shows beforehand what it would choose. */
export function FilterField({ text, onChange }: FilterFieldProps) {
  const value = useSignal(exampleValue);
  const test = async () => {
    const filter = filterOf(text);
    if (filter === null) throw new Error(t("filter.missing"));
    const { matches, because } = await hookcast().testFilter({
      ...{ cacheName: cacheName(), filter, value: JSON.parse(value.value) },
    });
    return t(matches ? "filter.passes" : "filter.stops", { because: because.join(", ") });
  };
  return (
    <details open={text !== ""}>
      <summary>{t("filter.title")}</summary>
      <div class="stack inset">
        <Field label={t("filter.field")} hint={t("filter.hint")}>
          {(ties) => (
            <textarea
              {...ties}
              rows={4}
              spellcheck={false}
              value={text}
              placeholder={exampleFilter}
              onInput={(event) => onChange(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t("filter.value")}>
          {(ties) => (
            <textarea
              {...ties}
              rows={3}
              spellcheck={false}
              value={value.value}
              onInput={(event) => (value.value = event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="actions">
          <WorkButton work={test}>{t("filter.test")}</WorkButton>
        </div>
      </div>
    </details>
  );
}
