import type { Texts } from "./en.ts";
import { deliveries } from "./fr/deliveries.ts";
import { endpoints } from "./fr/endpoints.ts";
import { events } from "./fr/events.ts";
import { page } from "./fr/page.ts";

export const fr: Texts = { ...page, ...endpoints, ...deliveries, ...events };
