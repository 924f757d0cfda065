import type { Texts } from "./en.ts";
import { deliveries } from "./pt/deliveries.ts";
import { endpoints } from "./pt/endpoints.ts";
import { events } from "./pt/events.ts";
import { page } from "./pt/page.ts";

export const pt: Texts = { ...page, ...endpoints, ...deliveries, ...events };
