export interface Contents {
  /** Anything that JSON.stringify takes. */
  readonly value: unknown;
  /** JSON that is written already, in which integers of any size survive. */
  readonly json: string;
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** What is published: exactly one of `value`, `json`, `text` and `bytes`. */
export type Content = {
  [Form in keyof Contents]: Pick<Contents, Form> & {
    readonly [Other in Exclude<keyof Contents, Form>]?: never;
  };
}[keyof Contents];

/** The text of a `value` or of `json`. */
export function jsonTextOf({ value, json = JSON.stringify(value) }: Partial<Contents>): string {
  // What the type of JSON.stringify leaves out: it writes nothing for undefined, functions and symbols.
  if (json === undefined) throw new TypeError("the value is not JSON");
  return json;
}

/** As the member of a JSON object. */
export function contentMember({ value, json, text, bytes }: Partial<Contents>): string {
  if (text !== undefined) return `"text":${JSON.stringify(text)}`;
  if (bytes) return `"binary":"${base64Of(bytes)}"`;
  if (json !== undefined) JSON.parse(json); // or a text that is none could pose as several messages
  return `"value":${jsonTextOf({ value, json })}`;
}

/** Browsers have no Buffer, and not all of them `toBase64`. */
function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
