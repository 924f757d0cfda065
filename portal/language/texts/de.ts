import { deliveries } from "./de/deliveries.ts";
import { endpoints } from "./de/endpoints.ts";
import { events } from "./de/events.ts";
import { page } from "./de/page.ts";
import type { Texts } from "./en.ts";

export const de: Texts = { ...page, ...endpoints, ...deliveries, ...events };
