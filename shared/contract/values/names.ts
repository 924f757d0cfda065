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

function nameSchema(what: string, description: string, example: string) {
  const not = { enum: [".", ".."] };
  return z.string().check(
    (context) => {
      const message = problemWith(what, context.value);
      if (message) context.issues.push({ code: "custom", message, input: context.value });
    },
    z.meta({ description, minLength: 1, maxLength: 128, pattern, not, examples: [example] }),
  );
}

/** Inside brackets, in escapes that every language's expressions know. */
const neverIn = "/?#%\\\\\\x00-\\x1f\\x7f-\\x9f";
/** What `trim` takes off; the characters themselves, since Go and PCRE know no escape of this kind. */
const blank = " \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
/** The same for documents: something that is not blank, behind whatever is, and nothing that is forbidden. */
const pattern = `^[${blank}]*[^${neverIn}${blank}][^${neverIn}]*$`;

/** A name: 1–128 Unicode code points, compared exactly. */
export const CacheName = nameSchema(
  "cache name",
  "The name of the cache (the tenant): 1 to 128 characters of any script, not only white space.",
  "orders",
);
export const TopicName = nameSchema(
  "topic name",
  "The name of the topic. Topics that begin with `$` belong to the service: you can subscribe, " +
    "but not publish.",
  "paid",
);
export const WebhookName = nameSchema(
  "webhook name",
  "The name of the webhook, unique within its cache.",
  "billing",
);

/** Whether the topic is the service's own: nobody else publishes there. */
export function isOurTopic(topicName: string): boolean {
  return topicName.startsWith("$");
}
