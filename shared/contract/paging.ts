import * as z from "zod/mini";

const range = "must be a whole number from 1 to 1000";

/** `limit` and `cursor`, as every list takes them. */
export const pagingQuery = {
  limit: z.optional(
    z.pipe(
      z.string().check(z.regex(/^[0-9]{1,4}$/, range)),
      z.pipe(z.transform(Number), z.int().check(z.minimum(1, range), z.maximum(1000, range))),
    ),
  ),
  cursor: z.optional(z.string()),
};
