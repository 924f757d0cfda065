import * as z from "zod/mini";

const range = "must be a whole number from 1 to 1000";

/** `limit` and `cursor`, as every list takes them. */
export const pagingQuery = {
  limit: z.optional(
    z
      .pipe(
        z.transform((text: unknown) => (/^[0-9]{1,4}$/.test(String(text)) ? Number(text) : text)),
        z.int(range).check(z.minimum(1, range), z.maximum(1000, range)),
      )
      .check(z.describe("The size of a page.")),
  ),
  cursor: z.optional(
    z.string().check(z.describe("The start of the page: the `nextCursor` of the page before.")),
  ),
};
