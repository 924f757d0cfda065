import type { Texts } from "./en.ts";
import { deliveries } from "./ja/deliveries.ts";
import { endpoints } from "./ja/endpoints.ts";
import { events } from "./ja/events.ts";
import { page } from "./ja/page.ts";

export const ja: Texts = { ...page, ...endpoints, ...deliveries, ...events };
