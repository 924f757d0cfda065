import { signal } from "@preact/signals";
import { createClient } from "../../client/create-client.ts";
import { connection } from "../../console/state/hookcast.ts";
import { askForToken } from "./embedding.ts";
import { currentToken, replaceToken } from "./token.ts";

/** Whether the session is over, and the page around this one gave no other. */
export const isOver = signal(false);

let renewal: Promise<boolean> | undefined;

/** Speaks to the service with the session's token, which is at the page's own origin. */
export function connect(): void {
  // The client requires a key; each request takes the token that is valid by then.
  connection.value = createClient({ url: location.origin, key: "session", fetch: fetchAsSession });
}

/** Gets another token; false where there is none. Several that ask at once wait for the same. */
export async function renew(): Promise<boolean> {
  renewal ??= askForToken().then((token) => {
    if (token) replaceToken(token);
    renewal = undefined;
    return Boolean(token);
  });
  return await renewal;
}

const fetchAsSession: typeof fetch = async (resource, init) => {
  const token = currentToken();
  const response = await fetch(resource, withToken(init));
  if (!(await isRejected(response))) return response;
  // Another request may have renewed it meanwhile.
  const isRenewed = token !== currentToken() || (await renew());
  isOver.value = !isRenewed;
  return isRenewed ? await fetch(resource, withToken(init)) : response;
};

function withToken(init: RequestInit = {}): RequestInit {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${currentToken()}`);
  return { ...init, headers };
}

/** The gateway lets no unknown or expired token in; what the service itself refuses has an error's code. */
async function isRejected(response: Response): Promise<boolean> {
  if (response.status === 401) return true;
  return response.status === 403 && !(await response.clone().text()).includes('"code"');
}
