import { createClient } from "../../client/create-client.ts";
import { HookcastError } from "../../client/errors.ts";
import { apiUrl } from "./api-url.ts";

/**
 * Throws where the service does not know the key. One that may not list caches is known all the same: each
 * screen says what it lacks.
 */
export async function assertKey(key: string): Promise<void> {
  try {
    await createClient({ url: apiUrl.value, key }).call("listCaches", { limit: 1 });
  } catch (error) {
    if (!(error instanceof HookcastError && error.code === "PERMISSION_ERROR")) throw error;
  }
}
