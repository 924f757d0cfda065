/** The headers of a request as a function sees them. */
export interface RequestHeaders {
  /** Names in lower case, values of one name joined by commas; no cookies. */
  headers: Record<string, string>;
  cookies: string[];
}

// They concern the connection to the gateway, which ends here.
const hopByHop = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Reads Node's flat list of names and values, which has kept what repeats. */
export function parseHeaders(rawHeaders: readonly string[]): RequestHeaders {
  const headers: Record<string, string> = Object.create(null);
  const cookies: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    if (name === "cookie") cookies.push(...value.split(";").map((cookie) => cookie.trim()));
    else if (!hopByHop.has(name)) {
      headers[name] = name in headers ? `${headers[name]},${value}` : value;
    }
  }
  return { headers, cookies };
}
