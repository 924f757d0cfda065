import { printable } from "../contract/values/printable.ts";
import { maskUrl } from "../domain/webhooks/mask-url.ts";

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
