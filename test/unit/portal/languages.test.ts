import { expect, test } from "vitest";
import { languages } from "../../../portal/language/languages.ts";
import { pseudo } from "../../../portal/language/pseudo.ts";
import { languageOf, textIn } from "../../../portal/language/reading.ts";
import type { Plural } from "../../../portal/language/texts/en.ts";

const { en } = languages;
const tables = Object.entries(languages);
const formsOf = (text: string | Plural) =>
  typeof text === "string" ? [text] : Object.values(text);
const valuesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test.each(tables)("%s has every text, and no other", (_, texts) => {
  expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
});

test.each(tables)("%s fills the same values in, in every form", (_, texts) => {
  for (const [key, text] of Object.entries<string | Plural>(texts)) {
    const [first = ""] = formsOf(en[key as keyof typeof en]);
    for (const form of formsOf(text)) expect([key, valuesOf(form)]).toEqual([key, valuesOf(first)]);
  }
});

test.each(tables)("%s leaves no text empty", (_, texts) => {
  for (const [key, text] of Object.entries<string | Plural>(texts)) {
    for (const form of formsOf(text)) expect([key, form.trim()]).not.toEqual([key, ""]);
  }
});

test("another language says another thing, unless it is a name or a number", () => {
  const same = [
    ...["URL", "Name", "Status", "Id", "Webhooks", "Schema", "Filter", "ok", "Version {count}"],
    ...["Endpoint", "Endpoints", "Message", "Type", "Secret"],
  ];
  for (const [tag, texts] of tables.filter(([tag]) => tag !== "en")) {
    const untranslated = Object.entries(texts)
      .filter(([key, text]) => text === en[key as keyof typeof en])
      .filter(([, text]) => !same.includes(String(text)));
    expect([tag, untranslated]).toEqual([tag, []]);
  }
});

test.each(tables)("%s has a form for each kind of count that its grammar knows", (tag, texts) => {
  const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
  for (const [key, text] of Object.entries<string | Plural>(texts)) {
    if (typeof text === "string") continue;
    expect([key, Object.keys(text).sort()]).toEqual([key, [...pluralCategories].sort()]);
  }
});

test("French never leaves a sign of two parts alone on a line", () => {
  const texts = Object.entries<string | Plural>(languages.fr);
  const loose = texts.filter(([, text]) => formsOf(text).some((form) => / [:;?!»]|« /.test(form)));
  expect(loose).toEqual([]);
});

test.each([
  ["en", 1, "1 event"],
  ["en", 1_000_000, "1,000,000 events"],
  ["de", 1_234, "1.234 Ereignisse"],
  ["es", 1, "1 evento"],
  ["es-MX", 12_345, "12,345 eventos"],
  ["es", 1_000_000, "1.000.000 de eventos"],
  ["fr", 0, "0 événement"],
  ["fr", 2_000, "2\u202f000 événements"],
  ["fr", 1_000_000, "1\u202f000\u202f000 d’événements"],
  ["pt-BR", 1, "1 evento"],
  ["pt-BR", 2_000_000, "2.000.000 de eventos"],
  ["ja", 1, "1 件のイベント"],
  ["ja-JP", 12_345, "12,345 件のイベント"],
  ["tlh", 2, "2 events"],
])("%s counts %i as %s", (locale, count, text) => {
  expect(textIn(languageOf([locale]), "endpoints.count", { count })).toBe(text);
});

test("the first language counts that there is, with its region", () => {
  expect(languageOf(["tlh", "pt-PT", "en"])).toEqual({ locale: "pt-PT", texts: languages.pt });
  expect(languageOf(["tlh"])).toEqual({ locale: "en", texts: en });
  expect(languageOf([])).toEqual({ locale: "en", texts: en });
});

test("the pseudo-locale keeps what is filled in, and marks where a text begins and ends", () => {
  const texts = pseudo(en);
  expect(texts["app.back"]).toBe("⟦Báčk ţö {name}·····⟧".replace("ţ", "t").replace("č", "ç"));
  expect(valuesOf(texts["health.next"])).toEqual(["{when}"]);
});
