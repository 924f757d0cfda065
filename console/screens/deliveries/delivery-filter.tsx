import { useSignal } from "@preact/signals";
import type { DeliveryFilter, DeliveryStatus } from "../../state/deliveries/delivery-pages.ts";
import { momentOf } from "../../state/time-text.ts";

const statuses: readonly DeliveryStatus[] = ["delivered", "retrying", "failed", "pending"];

interface DeliveryFilterFormProps {
  filter: DeliveryFilter;
  onChange: (filter: DeliveryFilter) => void;
}

/** Applies at once, as there is nothing to lose. */
export function DeliveryFilterForm({ filter, onChange }: DeliveryFilterFormProps) {
  const times = useSignal({ since: "", until: "" });
  const chooseStatus = (value: string) => {
    const { status: _, ...others } = filter;
    const status = statuses.find((name) => name === value);
    onChange({ ...others, ...(status && { status }) });
  };
  const chooseTime = (name: "since" | "until", value: string) => {
    times.value = { ...times.value, [name]: value };
    const { [name]: _, ...others } = filter;
    const moment = momentOf(value);
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
        <select onChange={(event) => chooseStatus(event.currentTarget.value)}>
          <option value="">every status</option>
          {statuses.map((name) => (
            <option key={name} value={name} selected={name === filter.status}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {(["since", "until"] as const).map((name) => (
        <label key={name}>
          {name === "since" ? "Published since" : "Until"}
          <input
            type="datetime-local"
            value={times.value[name]}
            onChange={(event) => chooseTime(name, event.currentTarget.value)}
          />
        </label>
      ))}
    </form>
  );
}
