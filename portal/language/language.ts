import { computed, signal } from "@preact/signals";
import { languages } from "./languages.ts";
import { pseudo, pseudoTag } from "./pseudo.ts";
import { en, type Plural, type TextKey, type Texts } from "./texts/en.ts";

/** Which the session has chosen; undefined leaves it to the browser. */
const wanted = signal<string | undefined>(undefined);

interface Language {
  /** For numbers and times, with the reader's region where it is known. */
  readonly locale: string;
  readonly texts: Texts;
}

export const language = computed<Language>(() => {
  if (wanted.value === pseudoTag) return { locale: "en", texts: pseudo(en) };
  const tags = wanted.value === undefined ? navigator.languages : [wanted.value];
  for (const locale of tags) {
    const tag = Object.keys(languages).find((one) => one === locale.split("-")[0]);
    // A key of the object that was just looked through.
    if (tag !== undefined) return { locale, texts: languages[tag as keyof typeof languages] };
  }
  return { locale: "en", texts: en };
});

export function chooseLanguage(locale: string | undefined): void {
  wanted.value = locale;
  document.documentElement.lang = language.value.locale;
}

type Values = Readonly<Record<string, string | number>>;

/** A text in the reader's language, with `{name}` filled in; `count` decides between singular and plural. */
export function t(key: TextKey, values: Values = {}): string {
  const { texts, locale } = language.value;
  const text: string | Plural = texts[key];
  const form = typeof text === "string" ? text : formOf(text, Number(values.count), locale);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === "number" ? numberText(value) : (value ?? whole);
  });
}

function formOf(plural: Plural, count: number, locale: string): string {
  return new Intl.PluralRules(locale).select(count) === "one" ? plural.one : plural.other;
}

export function numberText(count: number): string {
  return new Intl.NumberFormat(language.value.locale).format(count);
}
