/** A session's token as its URL brings it; it is taken out of the address before anything else runs. */
let token = takeFromAddress();

/** The token of the session; empty while there is none. It is kept here alone. */
export function currentToken(): string {
  return token;
}

export function replaceToken(fresh: string): void {
  token = fresh;
}

function takeFromAddress(): string {
  const found = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  if (found !== "") history.replaceState(null, "", "#/");
  return found;
}
