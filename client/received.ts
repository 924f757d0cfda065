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
  // Others than TypeScript check nothing, and frameworks like to hand over what they have parsed.
  const given: unknown = body;
  if (typeof given === "string") return new TextEncoder().encode(given);
  if (ArrayBuffer.isView(given))
    return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (isArrayBuffer(given)) return new Uint8Array(given);
  throw new TypeError(
    "pass the raw body, as text or bytes: a parsed body has other bytes than were signed",
  );
}

/** Also one of another realm, as tests and sandboxes have them. */
function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

export function parseJson(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}
