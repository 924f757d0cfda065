import { signal } from "@preact/signals";
import type { Client } from "../../client/client.ts";

/** The API as the user of the page may use it; undefined while nobody does. Each page says who that is. */
export const connection = signal<Client | undefined>(undefined);

export function hookcast(): Client {
  if (!connection.value) throw new Error("nobody is signed in");
  return connection.value;
}
