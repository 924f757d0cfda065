import * as z from "zod/mini";

/** Path delimiters, the percent sign, the back slash, control characters and lone surrogates. */
const forbidden = /[/?#%\\\p{Cc}\p{Cs}]/u;

function problemWith(what: string, name: string): string | undefined {
  if (name.trim() === "") return `${what} must not be empty`;
  if ([...name].length > 128) return `${what} must have at most 128 characters`;
  if (forbidden.test(name)) {
    return `${what} must not contain / ? # % \\, control characters or lone surrogates`;
  }
  if (name === "." || name === "..") return `${what} must not be . or ..`;
  return undefined;
}

function nameSchema(what: string) {
  return z.string().check((context) => {
    const message = problemWith(what, context.value);
    if (message) context.issues.push({ code: "custom", message, input: context.value });
  });
}

/** A name: 1–128 Unicode code points, compared exactly. */
export const CacheName = nameSchema("cache name");
export const TopicName = nameSchema("topic name");
export const WebhookName = nameSchema("webhook name");
