import type { Plural, Texts } from "./texts/en.ts";

/** The language of those who look for texts that nobody translated; the name is the usual one. */
export const pseudoTag = "en-XA";

const plain = "aceginorsuyACEGINORSUY";
const accented = "áçéğîñöŕšûýÁÇÉĞÎÑÖŔŠÛÝ";

/** Texts that can still be read, are a third longer, as translations are, and end where they end. */
export function pseudo(texts: Texts): Texts {
  const change = (text: string | Plural) =>
    typeof text === "string"
      ? pseudoText(text)
      : Object.fromEntries(Object.entries(text).map(([form, one]) => [form, pseudoText(one)]));
  const entries = Object.entries(texts).map(([key, text]) => [key, change(text)]);
  return Object.fromEntries(entries) as Texts; // each with the form that it had
}

function pseudoText(text: string): string {
  const changed = text.replace(/\{\w+\}|./gs, (part) =>
    part.length > 1 ? part : (accented[plain.indexOf(part)] ?? part),
  );
  return `⟦${changed}${"·".repeat(Math.ceil(text.length / 3))}⟧`;
}
