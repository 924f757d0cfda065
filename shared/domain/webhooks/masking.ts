import { printable } from "../../contract/values/printable.ts";
import { invalidArgument } from "../app-error.ts";

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
  return hideTexts(text, [...tokens, ...tokens.map(unescaped)]);
}

/** A text in which nothing is left of those that are long enough to be secret. */
export function hideTexts(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter((secret) => secret.length >= minTokenCharacters)
    .sort((a, b) => b.length - a.length);
  return hidden.reduce((rest, secret) => rest.replaceAll(secret, mask), text);
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
  throw invalidArgument(path, `holds ${mask} instead of a hidden part; send the whole URL`);
}

function decoded(url: string): string {
  return url.replaceAll(new RegExp(encodedMask, "gi"), mask);
}

/** What is kept of all names and values together, and of one value. */
const maxBytes = 2_048;
const maxValueCharacters = 512;

const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** They lead elsewhere, perhaps with a token of their own. */
const urls = new Set(["location", "content-location"]);

/**
 * The headers of a failed answer, as the log shows them: the first that fit, without any that sets a cookie, and with
 * nothing that a terminal would act on.
 */
export function shownHeaders(
  headers: Readonly<Record<string, string | undefined>>,
  url: string,
): Record<string, string> {
  const shown: [string, string][] = [];
  let left = maxBytes;
  for (const [name, value = ""] of Object.entries(headers)) {
    if (!token.test(name) || name.includes("cookie")) continue;
    const text = printable(urls.has(name) ? shownUrl(value, url) : value);
    const kept = wholeEscapes(text.slice(0, maxValueCharacters));
    const bytes = Buffer.byteLength(name) + Buffer.byteLength(kept);
    if (bytes > left) continue;
    left -= bytes;
    shown.push([name, kept]);
  }
  return Object.fromEntries(shown);
}

function shownUrl(value: string, url: string): string {
  const target = URL.parse(value, url);
  return maskUrl(target ? `${target.origin}${target.pathname}${target.search}` : value);
}

/** An escape that was cut in two is left out. */
function wholeEscapes(text: string): string {
  return text.replace(/\\(u[0-9a-f]{0,3})?$/, "");
}
