/** In a Unicode-aware expression `\p{Cs}` matches lone surrogates only, never the halves of a pair. */
const notCarried = /[\uFFFE\uFFFF\p{Cs}]/gu;

/**
 * Makes a JSON text fit for SQS, which carries the characters of XML 1.0 only. JSON has no raw
 * control characters but white space, so these are left; they stand in strings, where `\uXXXX`
 * means the same.
 */
export function escapeForSqs(jsonText: string): string {
  return jsonText.replace(notCarried, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
