import { createClient } from "../../client/create-client.ts";
import { HookcastError } from "../../client/errors.ts";
import { apiUrl } from "./api-url.ts";

/**
 * Throws where the service does not know the key. One that may not list this cache is known all the same:
 * each screen says what it lacks.
 */
export async function assertKey(key: string, cacheName: string): Promise<void> {
  try {
    await createClient({ url: apiUrl.value, key }).call("listWebhooks", { cacheName, limit: 1 });
  } catch (error) {
    if (!(error instanceof HookcastError && error.code === "PERMISSION_ERROR")) throw error;
  }
}
