import {
  isFiltering,
  type PageFilter,
  type Result,
  results,
} from "../../state/deliveries/page-filter.ts";

interface PageFilterFieldsProps {
  filter: PageFilter;
  onChange: (filter: PageFilter) => void;
}

const words: Readonly<Record<Result, string>> = {
  ...{ "2xx": "2xx", "3xx": "3xx", "4xx": "4xx", "5xx": "5xx" },
  none: "no answer",
};

/** By the last answer and by the event. */
export function PageFilterFields({ filter, onChange }: PageFilterFieldsProps) {
  const { result: _result, ...withoutResult } = filter;
  const { event: _event, ...withoutEvent } = filter;
  return (
    <>
      <label>
        Last result
        <select
          value={filter.result ?? ""}
          onChange={({ currentTarget: { value } }) => {
            const result = results.find((name) => name === value);
            onChange({ ...withoutResult, ...(result && { result }) });
          }}
        >
          <option value="">every result</option>
          {results.map((name) => (
            <option key={name} value={name}>
              {words[name]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Event begins with
        <input
          value={filter.event ?? ""}
          autocomplete="off"
          placeholder="every event"
          onChange={({ currentTarget: { value } }) => {
            const event = value.trim();
            onChange({ ...withoutEvent, ...(event !== "" && { event }) });
          }}
        />
      </label>
    </>
  );
}

interface CoverageProps {
  filter: PageFilter;
  shown: number;
  loaded: number;
  isAll: boolean;
}

/** What the rows are, so that nobody takes them for all there are. */
export function Coverage({ filter, shown, loaded, isAll }: CoverageProps) {
  if (loaded === 0) return null;
  const counted = loaded === 1 ? "1 delivery" : `${loaded} deliveries`;
  if (!isFiltering(filter)) {
    return <p class="table-note">{loaded === 1 ? `${counted} is` : `${counted} are`} loaded.</p>;
  }
  return (
    <p class="table-note" role="status">
      {shown} of the {isAll ? counted : `newest ${counted}`} fit.{" "}
      {!isAll && "Older ones are looked through as you load them."}
    </p>
  );
}
