import { useSignal } from "@preact/signals";
import { Field } from "../../../console/parts/field.tsx";
import { type EventType, grouped, matching } from "../../../console/state/event-types/catalogue.ts";
import type { EventCode } from "../../../shared/contract/values/event.ts";
import { t } from "../../language/language.ts";
import { eventsOf } from "../../state/endpoint-form.ts";
import { EventGroup } from "./event-group.tsx";

type Chosen = readonly EventCode[] | undefined;

interface EventPickerProps {
  /** What the catalogue has; without a catalogue, events are entered by name. */
  types: readonly EventType[];
  /** Undefined stands for every event. */
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

/** Every event, or some: chosen from the catalogue by their groups, and by name what is not in it. */
export function EventPicker({ types, chosen, onChange }: EventPickerProps) {
  return (
    <div class="stack">
      <fieldset class="choices">
        <legend>{t("form.events")}</legend>
        <label>
          <input
            type="radio"
            name="which"
            checked={chosen === undefined}
            onChange={() => onChange(undefined)}
          />
          <span>
            <strong>{t("form.every")}</strong>
            <span class="hint">{t("form.everyHint")}</span>
          </span>
        </label>
        <label>
          <input
            type="radio"
            name="which"
            checked={chosen !== undefined}
            onChange={() => onChange(chosen ?? [])}
          />
          <span>
            <strong>{t("form.some")}</strong>
            <span class="hint">{t("form.someHint")}</span>
          </span>
        </label>
      </fieldset>
      {chosen !== undefined && <Picker types={types} chosen={chosen} onChange={onChange} />}
    </div>
  );
}

interface PickerProps extends EventPickerProps {
  chosen: readonly EventCode[];
}

const searchedFrom = 8;

function Picker({ types, chosen, onChange }: PickerProps) {
  const search = useSignal("");
  const known = new Set(types.map(({ event }) => String(event)));
  const others = chosen.filter((event) => !known.has(String(event)));
  const fitting = matching(types, search.value);
  const choose = (events: readonly string[], isWanted: boolean) => {
    const kept = chosen.filter((event) => !events.includes(String(event)));
    onChange(isWanted ? [...kept, ...events.flatMap(eventsOf)] : kept);
  };
  return (
    <div class="picker">
      {types.length >= searchedFrom && (
        <input
          type="search"
          aria-label={t("form.find")}
          placeholder={t("form.find")}
          onInput={(event) => (search.value = event.currentTarget.value)}
        />
      )}
      {fitting.length > 0 && (
        <div class="picker-groups">
          {grouped(fitting).map(([group, members]) => (
            <EventGroup
              key={group ?? ""}
              group={group}
              types={members}
              chosen={chosen}
              onChoose={choose}
            />
          ))}
        </div>
      )}
      {types.length > 0 && fitting.length === 0 && (
        <p class="quiet">{t("form.noMatch", { text: search.value })}</p>
      )}
      <Field label={t(types.length > 0 ? "form.other" : "form.names")} hint={t("form.otherHint")}>
        {(ties) => (
          <input
            {...ties}
            defaultValue={others.join(", ")}
            autocomplete="off"
            placeholder="invoice.paid, invoice.*"
            onChange={(event) => {
              const entered = eventsOf(event.currentTarget.value);
              const kept = chosen.filter((one) => known.has(String(one)));
              onChange([...new Set([...kept, ...entered])]);
            }}
          />
        )}
      </Field>
    </div>
  );
}
