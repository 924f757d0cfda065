import type { Texts } from "./en.ts";
import { deliveries } from "./es/deliveries.ts";
import { endpoints } from "./es/endpoints.ts";
import { events } from "./es/events.ts";
import { page } from "./es/page.ts";

export const es: Texts = { ...page, ...endpoints, ...deliveries, ...events };
