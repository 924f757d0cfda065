import { hookcast } from "./hookcast.ts";
import { useLoaded } from "./loaded.ts";

/** More than anybody picks from a list; beyond it, a cache is opened by its name. */
const most = 500;

/** The names of the caches that the key covers, as far as they have come; none where the key may not list them. */
export function useCaches(): readonly string[] {
  const { value } = useLoaded("caches", async (signal) => {
    const { response } = await hookcast().call("listCaches", { limit: most }, { signal });
    return response.caches.map(({ cacheName }) => cacheName);
  });
  return value ?? [];
}
