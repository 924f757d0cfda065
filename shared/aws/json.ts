import { DigestError } from "./digest-error.ts";

/** An input as JSON: bytes go over the wire as base64. */
export function encodeJson(input: object): string {
  return JSON.stringify(input, base64Bytes);
}

/** The replacer sees a `Buffer` only as what that makes of itself, but finds it at its place. */
function base64Bytes(this: Readonly<Record<string, unknown>>, key: string, value: unknown) {
  const { [key]: original } = this;
  if (!(original instanceof Uint8Array)) return value;
  const { buffer, byteOffset, byteLength } = original;
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

type Reviver = (name: string, value: unknown) => unknown;

/** An answer that is no JSON was cut short or changed on its way. */
export function decodeJson(text: string, reviver?: Reviver): object {
  try {
    return JSON.parse(text, reviver);
  } catch (cause) {
    throw new DigestError("an answer that is no JSON", { cause });
  }
}
