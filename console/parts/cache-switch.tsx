import { goTo } from "../state/navigation.ts";
import { type FormSubmit, submitted } from "../state/submitted.ts";

/** Goes to another cache by its name: the API has no list of them. */
export function CacheSwitch({ cacheName }: { cacheName: string }) {
  const open = (event: FormSubmit) =>
    goTo({ screen: "webhooks", cacheName: submitted(event)("cacheName") });
  return (
    <form class="cache-switch" onSubmit={open}>
      <label for="cache-name">Cache</label>
      <input
        key={cacheName}
        id="cache-name"
        name="cacheName"
        defaultValue={cacheName}
        autocomplete="off"
        spellcheck={false}
        required
      />
      <button type="submit" class="plain">
        Open
      </button>
    </form>
  );
}
