import type { ComponentChildren } from "preact";
import type { DeliveryFilter } from "../../state/deliveries/delivery-pages.ts";
import { controlText, statuses, timeOfControl } from "../../state/deliveries/filter.ts";

interface DeliveryFilterFormProps {
  filter: DeliveryFilter;
  onChange: (filter: DeliveryFilter) => void;
  /** Further fields. */
  children: ComponentChildren;
}

/** Applies at once, as there is nothing to lose. */
export function DeliveryFilterForm({ filter, onChange, children }: DeliveryFilterFormProps) {
  const chooseStatus = (value: string) => {
    const { status: _, ...others } = filter;
    const status = statuses.find((name) => name === value);
    onChange({ ...others, ...(status && { status }) });
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
      {children}
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
