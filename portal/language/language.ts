import { computed, signal } from "@preact/signals";
import { languageOf, numberIn, textIn, type Values } from "./reading.ts";
import type { TextKey } from "./texts/en.ts";

/** Which the session has chosen; undefined leaves it to the browser. */
const wanted = signal<string | undefined>(undefined);

export const language = computed(() =>
  languageOf(wanted.value === undefined ? navigator.languages : [wanted.value]),
);

export function chooseLanguage(locale: string | undefined): void {
  wanted.value = locale;
  document.documentElement.lang = language.value.locale;
}

/** A text in the reader's language. */
export function t(key: TextKey, values: Values = {}): string {
  return textIn(language.value, key, values);
}

export function numberText(count: number): string {
  return numberIn(language.value.locale, count);
}
