import { setQuery } from "../../state/address/address.ts";
import { type StatusChoice, statusChoices } from "../../state/event-types/catalogue.ts";

interface EventTypeFilterProps {
  find: string;
  status: StatusChoice;
}

/** What narrows the list; the address keeps it. */
export function EventTypeFilter({ find, status }: EventTypeFilterProps) {
  return (
    <search class="filter">
      <input
        type="search"
        class="finder"
        aria-label="Find an event type"
        placeholder="Find an event type"
        defaultValue={find}
        onInput={(event) => setQuery({ find: event.currentTarget.value })}
      />
      <label class="inline-field">
        <span>Status</span>
        <select
          value={status}
          onChange={({ currentTarget: { value } }) =>
            setQuery({ status: value === "current" ? undefined : value })
          }
        >
          {Object.entries(statusChoices).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
