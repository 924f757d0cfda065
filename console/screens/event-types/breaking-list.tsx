import type { Breaking } from "../../state/event-types/saved-type.ts";

/** Whom a changed schema may break, and where. */
export function BreakingList({ breaking }: { breaking: readonly Breaking[] }) {
  return (
    <ul class="breaking">
      {breaking.map(({ path, change, affects, message }) => (
        <li key={`${path} ${change} ${message}`}>
          <code>{path}</code> {message} <span class="quiet">(may break {affects})</span>
        </li>
      ))}
    </ul>
  );
}
