import * as z from "zod/mini";

/** A time in an answer: ISO 8601 in UTC, whole seconds, `…Z`. */
export const Time = z.iso.datetime({ precision: 0 });
