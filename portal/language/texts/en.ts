import { deliveries } from "./en/deliveries.ts";
import { endpoints } from "./en/endpoints.ts";
import { events } from "./en/events.ts";
import { page } from "./en/page.ts";

/** Every text of the page. */
export const en = { ...page, ...endpoints, ...deliveries, ...events } as const;

export interface Plural {
  readonly one: string;
  readonly other: string;
}
/** The same keys in another language, each in the same form. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Plural;
};
export type TextKey = keyof typeof en;
export type Texts = Translation<typeof en>;
