import { useEffect, useRef } from "preact/hooks";
import type { EventType } from "../../../console/state/event-types/catalogue.ts";
import type { EventCode } from "../../../shared/contract/values/event.ts";
import { t } from "../../language/language.ts";

interface EventGroupProps {
  group: string | null;
  types: readonly EventType[];
  chosen: readonly EventCode[];
  onChoose: (events: readonly string[], isWanted: boolean) => void;
}

/** Events that belong together, which can be chosen at once. */
export function EventGroup({ group, types, chosen, onChoose }: EventGroupProps) {
  const events = types.map(({ event }) => String(event));
  const isChosen = (event: string) => chosen.some((one) => String(one) === event);
  const count = events.filter(isChosen).length;
  const all = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (all.current) all.current.indeterminate = count > 0 && count < events.length;
  }, [count, events.length]);
  const name = group ?? t("form.ungrouped");
  return (
    <fieldset class="picker-group">
      <legend class="unseen">{name}</legend>
      <label class="group-choice">
        <input
          ref={all}
          type="checkbox"
          aria-label={t("form.group", { group: name })}
          checked={count === events.length}
          onChange={(event) => onChoose(events, event.currentTarget.checked)}
        />
        {name}
      </label>
      {types.map(({ event, description }) => (
        <label key={event}>
          <input
            type="checkbox"
            checked={isChosen(String(event))}
            onChange={(change) => onChoose([String(event)], change.currentTarget.checked)}
          />
          <span class="picker-event">
            <code>{event}</code>
            <span class="hint">{description}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
