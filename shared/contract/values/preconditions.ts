import * as z from "zod/mini";

const entityTags = /^(\*|"[\x21\x23-\x7e]*"([ \t]*,[ \t]*"[\x21\x23-\x7e]*")*)$/;

const entityTag = z
  .string()
  .check(
    z.regex(entityTags, "must be * or quoted entity tags"),
    z.describe("Change the webhook only if it has this version: an `ETag`, or `*` for any."),
  );

/** `If-Match`: `*` for whatever is there, or strong entity tags (RFC 9110, section 13.1.1). */
export const ifMatchHeader = z.object({
  "if-match": z.optional(entityTag),
});

/** `If-None-Match`: returns 304 while the version is one of these; weak tags compare alike on a GET. */
export const ifNoneMatchHeader = z.object({
  "if-none-match": z.optional(
    z.string().check(z.describe("Answer 304 if the webhook still has this version: an `ETag`.")),
  ),
});
