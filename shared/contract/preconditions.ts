import * as z from "zod/mini";

const entityTags = /^(\*|"[\x21\x23-\x7e]*"(\s*,\s*"[\x21\x23-\x7e]*")*)$/;

/** `If-Match`: `*` for whatever is there, or strong entity tags (RFC 9110, section 13.1.1). */
export const ifMatchHeader = z.object({
  "if-match": z.optional(z.string().check(z.regex(entityTags, "must be * or quoted entity tags"))),
});
