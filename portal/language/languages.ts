import { de } from "./texts/de.ts";
import { en, type Texts } from "./texts/en.ts";
import { es } from "./texts/es.ts";
import { fr } from "./texts/fr.ts";
import { ja } from "./texts/ja.ts";
import { pt } from "./texts/pt.ts";

/** Every language that there is, by its tag. All come with the page: each is 3 kB, and a request of its own would take longer. */
export const languages = { en, de, es, fr, pt, ja } as const satisfies Record<string, Texts>;
