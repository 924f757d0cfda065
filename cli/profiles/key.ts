/** A key as it stands in a header, from where it may have been copied. */
export function withoutScheme(text: string): string {
  return text.replace(/^Bearer\s+/i, "");
}
