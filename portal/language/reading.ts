import { languages } from "./languages.ts";
import { pseudo, pseudoTag } from "./pseudo.ts";
import { en, type Plural, type TextKey, type Texts } from "./texts/en.ts";

/** A language as one reader has it. */
export interface Language {
  /** For numbers and times, with the reader's region where it is known. */
  readonly locale: string;
  readonly texts: Texts;
}

/** The first of these that there is; English where there is none. */
export function languageOf(tags: readonly string[]): Language {
  if (tags[0] === pseudoTag) return { locale: "en", texts: pseudo(en) };
  for (const locale of tags) {
    const tag = Object.keys(languages).find((one) => one === locale.split("-")[0]);
    // A key of the object that was just looked through.
    if (tag !== undefined) return { locale, texts: languages[tag as keyof typeof languages] };
  }
  return { locale: "en", texts: en };
}

export type Values = Readonly<Record<string, string | number>>;

/** A text with `{name}` filled in; `count` decides between its forms. */
export function textIn({ texts, locale }: Language, key: TextKey, values: Values): string {
  const text: string | Plural = texts[key];
  const form = typeof text === "string" ? text : formOf(text, Number(values.count), locale);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === "number" ? numberIn(locale, value) : (value ?? whole);
  });
}

function formOf(plural: Plural, count: number, locale: string): string {
  const category = new Intl.PluralRules(locale).select(count);
  return (category === "one" || category === "many" ? plural[category] : undefined) ?? plural.other;
}

export function numberIn(locale: string, count: number): string {
  return new Intl.NumberFormat(locale).format(count);
}
