import * as z from "zod/mini";
import { forbiddenHeaderName, HeaderName, headerNameKeywords } from "./custom-headers.ts";
import {
  Algorithm,
  Encoding,
  headersOfSignature,
  KeyKind,
  type Placeholder,
  parseTemplate,
  SchemeName,
  StoredSignatures,
} from "./signature-recipe.ts";
import { momentOf } from "./time.ts";

const maxTemplateCharacters = 256;
const maxPlaceholders = 8;
const maxSignatures = 3;
const maxMetaHeaders = 10;

/** Visible ASCII, with spaces inside. */
const headerText = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;
/** What a receiver joins to the body may hold line breaks and tabs besides. */
const signedText = /^[\x20-\x7e\t\r\n]+$/;

interface TemplateRule {
  readonly legal: RegExp;
  /** What stands there exactly once. */
  readonly once?: Placeholder;
  readonly never: readonly Placeholder[];
}

function templateProblem(
  template: string,
  { legal, once, never }: TemplateRule,
): string | undefined {
  const { parts, problem } = parseTemplate(template);
  if (problem !== undefined) return problem;
  if (template.length > maxTemplateCharacters)
    return `must have at most ${maxTemplateCharacters} characters`;
  if (!legal.test(template)) return "must be visible ASCII characters";
  const used = parts.flatMap((part) => (part.kind === "value" ? [part.of] : []));
  if (used.length > maxPlaceholders) return `must have at most ${maxPlaceholders} placeholders`;
  const misplaced = never.find((name) => used.includes(name));
  if (misplaced)
    return `has {${misplaced}} at character ${template.indexOf(`{${misplaced}}`) + 1}, where it has no value`;
  const count = used.filter((name) => name === once).length;
  if (once && count !== 1) return `must hold {${once}} exactly once, and holds it ${count} times`;
  if (!once && used.length === 0)
    return "must hold a placeholder; put a fixed value into customHeaders";
  return undefined;
}

function templateOf(rule: TemplateRule, description: string, example: string) {
  return z.string().check(
    (context) => {
      const message = templateProblem(context.value, rule);
      if (message) context.issues.push({ code: "custom", message, input: context.value });
    },
    z.meta({
      ...{ description, minLength: 1, maxLength: maxTemplateCharacters, examples: [example] },
      pattern: rule.legal.source,
    }),
  );
}

const SignatureHeader = z.string().check(
  (context) => {
    const message = forbiddenHeaderName(context.value);
    if (message) context.issues.push({ code: "custom", message, input: context.value });
  },
  z.meta({
    description:
      "The header that carries the signature. Names that custom headers may not have are refused.",
    ...headerNameKeywords,
  }),
);

const Until = momentOf("When deliveries stop carrying this signature.");

const PresetSignature = z
  .strictObject({
    scheme: SchemeName.check(
      z.describe("Signs like this service, with the headers that its receivers read."),
    ),
    until: z.optional(Until),
  })
  .check(
    z.meta({ id: "PresetSignature", description: "A signature as another service makes it." }),
  );

const RecipeSignature = z
  .strictObject({
    header: SignatureHeader,
    content: templateOf(
      { legal: signedText, once: "body", never: ["signature"] },
      "What is signed: text, `{body}` once, and placeholders.",
      "{timestamp}.{body}",
    ),
    algorithm: Algorithm.check(z.describe("The hash of the HMAC.")),
    encoding: Encoding,
    value: templateOf(
      { legal: headerText, once: "signature", never: ["body"] },
      "The header's value: text, `{signature}` once, and placeholders.",
      "t={timestamp},v1={signature}",
    ),
    key: z.optional(
      KeyKind.check(
        z.describe(
          "The key of the HMAC: the whole secret as `text` (default), or the bytes `decoded` from the base64 after `whsec_`.",
        ),
      ),
    ),
    separator: z.optional(
      z
        .string()
        .check(
          z.regex(/^[\x20-\x7e]{1,16}$/, "must be 1 to 16 visible ASCII characters"),
          z.describe(
            "The text between two signatures during a rotation. Without it, only the new secret signs.",
          ),
        ),
    ),
    until: z.optional(Until),
  })
  .check(z.meta({ id: "RecipeSignature", description: "A signature of your own." }));

/** Every bad field is told at once, so this looks on where another field is bad already. */
const always = { when: () => true };

const noHeaderTwice = z.check<unknown>((context) => {
  const signatures = z.safeParse(StoredSignatures, context.value).data ?? [];
  const seen = new Set<string>();
  for (const [index, signature] of signatures.entries()) {
    const names = headersOfSignature(signature).map((name) => name.toLowerCase());
    const twice = names.find((name) => seen.has(name));
    const message = `sets the header ${twice}, which another signature sets`;
    if (twice) context.issues.push({ code: "custom", message, input: signature, path: [index] });
    for (const name of names) seen.add(name);
  }
}, always);

/** One that names a scheme is a preset, so that what is wrong with it is told as of a preset. */
export const Signature = z.union([PresetSignature, RecipeSignature]);
export type WebhookSignature = z.infer<typeof Signature>;

export const Signatures = z.array(Signature).check(
  z.maxLength(maxSignatures, `must have at most ${maxSignatures} signatures`),
  noHeaderTwice,
  z.meta({
    id: "Signatures",
    description:
      "Further signatures, for receivers that verify another service's. If absent, the deployment's setting applies.",
    examples: [[{ scheme: "github" }]],
  }),
);

export const MetaHeaders = z
  .record(
    HeaderName,
    templateOf(
      { legal: headerText, never: ["body", "signature"] },
      "Text and placeholders.",
      "{event}",
    ),
  )
  .check(
    z.check(checkNames, always),
    z.meta({
      id: "MetaHeaders",
      description:
        "Headers about each delivery, with placeholders: `{id}`, `{timestamp}`, `{timestampMs}`, `{time}`, `{topic}`, `{event}`, `{attempt}`. A header whose placeholder has no value is left out.",
      maxProperties: maxMetaHeaders,
      examples: [{ "x-acme-event": "{event}" }],
    }),
  );

function checkNames(context: z.core.ParsePayload<unknown>): void {
  const names = Object.keys(Object(context.value));
  const report = (message: string, path: string[] = []) =>
    context.issues.push({ code: "custom", message, input: context.value, path });
  const seen = new Set<string>();
  for (const name of names) {
    const problem = forbiddenHeaderName(name);
    if (problem) report(problem, [name]);
    if (seen.has(name.toLowerCase())) report("is given twice", [name]);
    seen.add(name.toLowerCase());
  }
  if (names.length > maxMetaHeaders) report(`must have at most ${maxMetaHeaders} headers`);
}
