import { AppError } from "../app-error.ts";

/** Stands in answers for what the caller may not see. */
export const mask = "•••";

/** Scheme and authority, the first segment of the path, what is below it, and the query. */
const parts = /^(https?:\/\/[^/?#\\\s]+)(\/[^/?#]*)?(\/[^?#]*)?(\?[^#]*)?$/i;

/**
 * A URL as those see it who may not see secrets: many receivers tell their callers apart by a token in the URL, which
 * lies below the first segment of its path or in its query.
 */
export function maskUrl(url: string): string {
  const found = parts.exec(url);
  if (!found) return mask;
  const [, origin = "", first = "", below = "", query = ""] = found;
  return origin + first + masked(below, "/") + masked(query, "?");
}

/** No token is as short as that, and much else is. */
const minTokenCharacters = 5;

/** A text in which nothing is left of what is masked in the URL, where a receiver repeats what it was asked for. */
export function hideParts(text: string, url: string): string {
  const [, , , below = "", query = ""] = parts.exec(url) ?? [];
  const tokens = [...below.split("/"), ...query.split(/[?&=]/)];
  const hidden = [...tokens, ...tokens.map(unescaped)]
    .filter((token) => token.length >= minTokenCharacters)
    .sort((a, b) => b.length - a.length);
  return hidden.reduce((rest, token) => rest.replaceAll(token, mask), text);
}

function unescaped(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

function masked(part: string, prefix: string): string {
  return part === "" || part === prefix ? part : prefix + mask;
}

/** The mask as clients may have encoded it. */
const encodedMask = encodeURIComponent(mask);

/**
 * The URL to store. What was read with a key that sees no secrets can be sent back: the masked form of the stored URL
 * keeps it. Any other URL with a mask in it was never meant to be called.
 */
export function urlSent(
  url: string,
  previous: { readonly url: string } | undefined,
  path: string,
): string {
  if (url === previous?.url || !decoded(url).includes(mask)) return url;
  if (previous && decoded(url) === decoded(maskUrl(previous.url))) return previous.url;
  const message = `holds ${mask} instead of a hidden part; send the whole URL`;
  throw new AppError("INVALID_ARGUMENT_ERROR", `${path} ${message}`, {
    details: [{ path, message }],
  });
}

function decoded(url: string): string {
  return url.replaceAll(new RegExp(encodedMask, "gi"), mask);
}
