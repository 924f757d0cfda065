/** A request as a receiver gets it. */
export interface Received {
  /** As Node, Lambda or a `Request` gives them. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as it came: what was parsed and written anew has other bytes. */
  readonly body: string | Uint8Array | ArrayBuffer;
}

/** The value of a header, whichever case its name is in. */
export function headerOf({ headers }: Received, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = Object.entries(headers).find(([known]) => known.toLowerCase() === name)?.[1];
  return typeof value === "string" ? value : value?.join(" ");
}

export function bytesOf({ body }: Received): Uint8Array {
  if (typeof body === "string") return new TextEncoder().encode(body);
  return body instanceof Uint8Array ? body : new Uint8Array(body);
}

export function parseJson(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}
