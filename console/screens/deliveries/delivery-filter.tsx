import type { DeliveryFilter } from "../../state/deliveries/delivery-pages.ts";
import { controlText, results, statuses, timeOfControl } from "../../state/deliveries/filter.ts";

interface DeliveryFilterFormProps {
  filter: DeliveryFilter;
  onChange: (filter: DeliveryFilter) => void;
}

/** Applies at once, as there is nothing to lose. */
export function DeliveryFilterForm({ filter, onChange }: DeliveryFilterFormProps) {
  const chooseStatus = (value: string) => {
    const { status: _, ...others } = filter;
    const status = statuses.find((name) => name === value);
    onChange({ ...others, ...(status && { status }) });
  };
  const chooseText = (name: "lastStatusCode" | "event", value: string) => {
    const { [name]: _, ...others } = filter;
    onChange({ ...others, ...(value !== "" && { [name]: value }) });
  };
  const chooseTime = (name: "since" | "until", value: string) => {
    const { [name]: _, ...others } = filter;
    const moment = timeOfControl(value);
    onChange({ ...others, ...(moment && { [name]: moment }) });
  };
  return (
    <form
      class="filter"
      aria-label="Filter of deliveries"
      onSubmit={(event) => event.preventDefault()}
    >
      <label>
        Status
        <select
          value={filter.status ?? ""}
          onChange={(event) => chooseStatus(event.currentTarget.value)}
        >
          <option value="">every status</option>
          {statuses.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Last result
        <select
          value={filter.lastStatusCode ?? ""}
          onChange={(event) => chooseText("lastStatusCode", event.currentTarget.value)}
        >
          <option value="">every result</option>
          {resultsWith(filter.lastStatusCode).map((name) => (
            <option key={name} value={name}>
              {name === "none" ? "no answer" : name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Event
        <input
          value={filter.event ?? ""}
          autocomplete="off"
          placeholder="every event"
          onChange={(event) => chooseText("event", event.currentTarget.value.trim())}
        />
      </label>
      {(["since", "until"] as const).map((name) => (
        <label key={name}>
          {name === "since" ? "Published since" : "Until"}
          <input
            type="datetime-local"
            value={controlText(filter[name])}
            onChange={(event) => chooseTime(name, event.currentTarget.value)}
          />
        </label>
      ))}
    </form>
  );
}

/** A link may ask for one status, such as 429. */
function resultsWith(asked: string | undefined): readonly string[] {
  return asked === undefined || results.includes(asked) ? results : [...results, asked];
}
