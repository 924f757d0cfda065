import type { ErrorDetail } from "../../contract/errors.ts";
import { AppError } from "../app-error.ts";

/** RFC 9110, section 5.6.2, without the `*` of a range, which names no type. */
const mediaType = /^[!#$%&'+\-.^_`|~0-9a-z]+\/[!#$%&'+\-.^_`|~0-9a-z]+$/;
const form = "application/x-www-form-urlencoded";

/** A 415: the body cannot be taken for what its headers say. */
export function unknownContent(
  message: string,
  details: readonly ErrorDetail[],
  headers?: Record<string, string>,
): AppError {
  return new AppError("INVALID_ARGUMENT_ERROR", message, { status: 415, details, headers });
}

/** The media type of a value, or a 415. Many clients say that it is a form unasked, so that must be meant. */
export function mediaTypeOf(contentType: string | undefined, isRaw: boolean): string {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (mediaType.test(type) && (type !== form || isRaw)) return type;
  const hint =
    "say what the value is: content-type: application/json, text/plain or application/octet-stream";
  throw unknownContent(hint, [
    { path: "content-type", message: "must name the type of the value" },
  ]);
}

/** Refuses text in another encoding than UTF-8: taken for UTF-8 it would be mangled. */
export function assertReadableCharset(contentType: string | undefined): void {
  const charsets = (contentType ?? "").matchAll(/;\s*charset\s*=\s*"?([^";]*)/gi);
  const isOurs = (charset: string) => /^(utf-?8|us-ascii)$/i.test(charset.trim());
  if ([...charsets].every(([, charset = ""]) => isOurs(charset))) return;
  const message = "must not name a charset other than utf-8";
  throw unknownContent(`content-type ${message}`, [{ path: "content-type", message }]);
}

/** Refuses a body that is compressed, and says what would be taken. */
export function assertNotEncoded(contentEncoding: string | undefined): void {
  const codings = (contentEncoding ?? "").toLowerCase().split(",");
  if (codings.every((coding) => ["", "identity"].includes(coding.trim()))) return;
  const message = "must be identity: the body is taken as it is, not inflated";
  const details = [{ path: "content-encoding", message }];
  throw unknownContent(`content-encoding ${message}`, details, { "accept-encoding": "identity" });
}
