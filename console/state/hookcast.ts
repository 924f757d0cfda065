import { computed } from "@preact/signals";
import type { Client } from "../../client/client.ts";
import { createClient } from "../../client/create-client.ts";
import { apiUrl } from "./api-url.ts";
import { session } from "./session.ts";

const client = computed(
  () => session.value && createClient({ url: apiUrl.value, key: session.value.key }),
);

/** The API, with the key of the user who is signed in. */
export function hookcast(): Client {
  if (!client.value) throw new Error("nobody is signed in");
  return client.value;
}
