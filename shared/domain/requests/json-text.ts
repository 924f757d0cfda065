import type { Payload } from "../../contract/message.ts";

/**
 * Writes `{"name":value,…}` from values that are JSON texts already. Splicing is the point: parsing
 * and writing again would change 64-bit integers, spacing, repeated and `__proto__` keys.
 */
export function jsonObject(members: Record<string, string>): string {
  const written = Object.entries(members).map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return `{${written.join(",")}}`;
}

/** The payload as one JSON value: JSON as its own text, text as a string, binary as base64. */
export function jsonValueOf(payload: Payload): string {
  switch (payload.kind) {
    case "json":
      return payload.text;
    case "text":
      return JSON.stringify(payload.text);
    case "binary":
      return JSON.stringify(payload.base64);
  }
}
