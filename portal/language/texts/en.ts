import { deliveries } from "./en/deliveries.ts";
import { endpoints } from "./en/endpoints.ts";
import { events } from "./en/events.ts";
import { page } from "./en/page.ts";

/** Every text of the page. */
export const en = { ...page, ...endpoints, ...deliveries, ...events } as const;

/** A text in the forms that counts take in its language; its names are those of `Intl.PluralRules`. */
export interface Plural {
  readonly one?: string;
  /** In Spanish, French and Portuguese, of whole millions. */
  readonly many?: string;
  readonly other: string;
}
/** The same keys in another language; what depends on a count does so in each of them. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Plural;
};
export type TextKey = keyof typeof en;
export type Texts = Translation<typeof en>;
