import * as z from "zod/mini";

/** RFC 9110, section 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Visible ASCII, with spaces and tabs inside but not at the ends. */
const visible = /^[\x21-\x7e]([\x20-\x7e\t]*[\x21-\x7e])?$/;
/** Names that would break the framing, or forge our own headers. */
const ours =
  /^(host|content-.*|transfer-encoding|connection|keep-alive|te|trailer|upgrade|proxy-.*|expect|webhook-.*|momento-signature|user-agent|accept-encoding|traceparent)$/i;
/** Names by which a receiver's proxy tells it who is calling: set by a customer they would be believed. */
const proxys =
  /^(x-amz.*|forwarded|via|x-forwarded|x-forwarded-.*|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|x-envoy-.*|x-azure-.*|x-appengine-.*|true-client-ip|fastly-client-ip|fly-client-ip|cf-.*|cdn-loop|cloudfront-.*)$/i;

const maxHeaders = 20;
const maxTotalBytes = 4096;

/** For documents: in any case without a flag, which JSON Schema has not, and with `_` for `-`. */
function inAnySpelling({ source }: RegExp): string {
  return source.replaceAll(/[a-z]|(?<![[\\])-/g, (character) =>
    character === "-" ? "[-_]" : `[${character.toUpperCase()}${character}]`,
  );
}

/** What a document says of a header's name that may be set. */
export const headerNameKeywords = {
  pattern: token.source,
  not: { anyOf: [ours, proxys].map((names) => ({ pattern: inAnySpelling(names) })) },
};

export const HeaderName = z.string().check(z.meta(headerNameKeywords));
const HeaderValue = z.string().check(z.meta({ pattern: visible.source, maxLength: maxTotalBytes }));

/** What is wrong with the name of a header that a webhook's owner chose. */
export function forbiddenHeaderName(name: string): string | undefined {
  if (!token.test(name)) return "is not a legal header name";
  // Many receivers read `_` as `-`: a look-alike would be taken for the name that is refused.
  const read = name.replaceAll("_", "-");
  return ours.test(read) || proxys.test(read) ? "is a header name that cannot be set" : undefined;
}

function problemWith(name: string, value: string): string | undefined {
  const problem = forbiddenHeaderName(name);
  if (problem) return problem;
  if (value.length > maxTotalBytes) return `must have at most ${maxTotalBytes} characters`;
  if (!visible.test(value)) return "must be visible ASCII characters";
  return undefined;
}

/** Headers that a webhook's owner adds to every delivery: at most 20, 4 KiB in all. */
export const CustomHeaders = z.record(HeaderName, HeaderValue).check(
  // Every bad header is told at once, also where one is not even a text.
  z.check(checkHeaders, { when: () => true }),
  z.meta({
    id: "CustomHeaders",
    description:
      "Headers for every delivery, besides the service's own: visible characters, 4 KiB in all.",
    maxProperties: maxHeaders,
    examples: [{ header1: "value_1", header2: "value_2" }],
  }),
);
export type CustomHeaders = z.infer<typeof CustomHeaders>;

/** Headers as they were stored: what was legal at the time goes on being sent until it is changed. */
export const StoredHeaders = z.record(z.string(), z.string());

function checkHeaders(context: z.core.ParsePayload<unknown>): void {
  const headers = Object.entries(Object(context.value)).filter(isTextual);
  const report = (message: string, path: string[] = []) =>
    context.issues.push({ code: "custom", message, input: context.value, path });
  const seen = new Set<string>();
  for (const [name, value] of headers) {
    const problem = problemWith(name, value);
    if (problem) report(problem, [name]);
    if (seen.has(name.toLowerCase())) report("is given twice", [name]);
    seen.add(name.toLowerCase());
  }
  if (headers.length > maxHeaders) report(`must have at most ${maxHeaders} headers`);
  const bytes = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes > maxTotalBytes) report(`must have at most ${maxTotalBytes} characters in all`);
}

/** Values of other types are complained of already. */
function isTextual(header: [string, unknown]): header is [string, string] {
  return typeof header[1] === "string";
}
