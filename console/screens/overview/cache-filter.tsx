import { setQuery } from "../../state/address/address.ts";
import { useCaches } from "../../state/caches.ts";
import type { Loaded } from "../../state/loaded.ts";
import { now } from "../../state/now.ts";
import { agoText } from "../../state/time-text.ts";

interface CacheFilterProps {
  /** Empty for all. */
  cacheName: string;
  loaded: Pick<Loaded<unknown>, "loadedTimeMs">;
}

/** Whose webhooks are shown, and how fresh what is shown is. */
export function CacheFilter({ cacheName, loaded: { loadedTimeMs } }: CacheFilterProps) {
  const names = useCaches();
  const options = cacheName === "" || names.includes(cacheName) ? names : [cacheName, ...names];
  return (
    <>
      {loadedTimeMs !== undefined && (
        <span class="quiet fresh">
          updated {agoText(loadedTimeMs, Math.max(now.value, loadedTimeMs))}
        </span>
      )}
      <label class="inline-field">
        <span>Cache</span>
        <select
          value={cacheName}
          onChange={(event) => setQuery({ cache: event.currentTarget.value })}
        >
          <option value="">all</option>
          {options.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
