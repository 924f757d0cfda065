import { expect, test } from "vitest";
import { languages } from "../../../portal/language/languages.ts";
import { pseudo } from "../../../portal/language/pseudo.ts";
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
    "URL",
    "Name",
    "Status",
    "Id",
    "Webhooks",
    "Schema",
    "Filter",
    "ok",
    "Version {count}",
  ];
  for (const [tag, texts] of tables.filter(([tag]) => tag !== "en")) {
    const untranslated = Object.entries(texts)
      .filter(([key, text]) => text === en[key as keyof typeof en])
      .filter(([, text]) => !same.includes(String(text)));
    expect([tag, untranslated]).toEqual([tag, []]);
  }
});

test("the pseudo-locale keeps what is filled in, and marks where a text begins and ends", () => {
  const texts = pseudo(en);
  expect(texts["app.back"]).toBe("⟦Báčk ţö {name}·····⟧".replace("ţ", "t").replace("č", "ç"));
  expect(valuesOf(texts["health.next"])).toEqual(["{when}"]);
});
