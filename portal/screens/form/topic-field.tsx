import { Field } from "../../../console/parts/field.tsx";
import type { EventType } from "../../../console/state/event-types/catalogue.ts";
import { t } from "../../language/language.ts";
import { portal } from "../../state/session.ts";

interface TopicFieldProps {
  topics: readonly string[];
  value: string;
  onChange: (topicName: string) => void;
}

/** The topics that an endpoint may listen to, as far as they are known. */
export function topicsFor(types: readonly EventType[]): readonly string[] {
  return portal.value?.topics ?? [...new Set(types.map(({ topicName }) => topicName))].sort();
}

/** There is nothing to ask where there is only one topic. */
export function TopicField({ topics, value, onChange }: TopicFieldProps) {
  if (topics.length === 1) return null;
  return (
    <Field label={t("form.topic")}>
      {(ties) =>
        topics.length === 0 ? (
          <input
            {...ties}
            value={value}
            autocomplete="off"
            required
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        ) : (
          <select {...ties} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
            {topics.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )
      }
    </Field>
  );
}
