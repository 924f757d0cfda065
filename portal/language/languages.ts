import { de } from "./texts/de.ts";
import { en, type Texts } from "./texts/en.ts";

/** Every language that there is, by its tag. */
export const languages = { en, de } as const satisfies Record<string, Texts>;
