import * as z from "zod/mini";

/** What a template may hold between braces. */
export const placeholders = [
  ...["id", "timestamp", "timestampMs", "time", "topic", "event", "attempt"],
  ...["body", "signature"],
] as const;
export type Placeholder = (typeof placeholders)[number];

/** A template as parts, in their order. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly of: Placeholder };

export type ParsedTemplate =
  | { readonly parts: readonly TemplatePart[]; readonly problem?: undefined }
  | { readonly parts?: undefined; readonly problem: string };

/**
 * Reads a template in one pass: `{name}` is a placeholder, `{{` and `}}` stand for the braces themselves. A problem names
 * the character, counted from 1.
 */
export function parseTemplate(template: string): ParsedTemplate {
  const parts: TemplatePart[] = [];
  let text = "";
  for (let at = 0; at < template.length; at += 1) {
    const character = template.charAt(at);
    if (character !== "{" && character !== "}") {
      text += character;
    } else if (template.charAt(at + 1) === character) {
      text += character;
      at += 1;
    } else if (character === "}") {
      return {
        problem: `has a } at character ${at + 1} that closes nothing; write }} for a brace`,
      };
    } else {
      const end = template.indexOf("}", at);
      if (end < 0) return { problem: `has a { at character ${at + 1} that nothing closes` };
      const of = placeholders.find((name) => name === template.slice(at + 1, end));
      if (!of) return { problem: unknownPlaceholder(at) };
      if (text !== "") parts.push({ kind: "text", text });
      parts.push({ kind: "value", of });
      text = "";
      at = end;
    }
  }
  if (text !== "") parts.push({ kind: "text", text });
  return { parts };
}

/** Not repeated: what stands there may be of any length, and anything. */
function unknownPlaceholder(at: number): string {
  return `has an unknown placeholder at character ${at + 1}; there are ${placeholders.join(", ")}`;
}

export const Algorithm = z.enum(["sha256", "sha512", "sha1", "sha3-256"]);
export const Encoding = z.enum(["hex", "base64", "base64url"]);
export const KeyKind = z.enum(["text", "decoded"]);

/** How one header signs a delivery, as it is stored. */
const StoredRecipe = z.object({
  header: z.string(),
  content: z.string(),
  algorithm: Algorithm,
  encoding: Encoding,
  value: z.string(),
  key: z.optional(KeyKind),
  separator: z.optional(z.string()),
  until: z.optional(z.string()),
});
type StoredRecipe = z.infer<typeof StoredRecipe>;

export const SchemeName = z.enum([
  ...["github", "stripe", "slack", "shopify", "svix", "hookdeck", "convoy", "outpost"],
] as const);

const StoredPreset = z.object({ scheme: SchemeName, until: z.optional(z.string()) });

/** Signatures as they were put; what was legal at the time goes on being sent until it is changed. */
export const StoredSignatures = z.array(z.union([StoredPreset, StoredRecipe]));
/** The deployment's, as its functions are given them: JSON. */
export function readSignatures(json: string): StoredSignature[] {
  return z.parse(StoredSignatures, JSON.parse(json));
}

export type StoredSignature = z.infer<typeof StoredSignatures>[number];

/** What a preset stands for: a recipe, and the headers beside it that its receivers read. */
interface Preset extends StoredRecipe {
  readonly headers: Readonly<Record<string, string>>;
}

const hexOfBody: Pick<Preset, "content" | "algorithm" | "encoding" | "headers"> = {
  ...{ content: "{body}", algorithm: "sha256", encoding: "hex", headers: {} },
};

/** As each vendor documents it; the tests have the documents and the vendors' own examples. */
const presets: Readonly<Record<z.infer<typeof SchemeName>, Preset>> = {
  github: {
    ...hexOfBody,
    header: "x-hub-signature-256",
    value: "sha256={signature}",
    headers: { "x-github-event": "{event}", "x-github-delivery": "{id}" },
  },
  stripe: {
    ...hexOfBody,
    header: "stripe-signature",
    content: "{timestamp}.{body}",
    value: "t={timestamp},v1={signature}",
    separator: ",v1=",
  },
  slack: {
    ...hexOfBody,
    header: "x-slack-signature",
    content: "v0:{timestamp}:{body}",
    value: "v0={signature}",
    headers: { "x-slack-request-timestamp": "{timestamp}" },
  },
  shopify: {
    ...{ ...hexOfBody, encoding: "base64" },
    header: "x-shopify-hmac-sha256",
    value: "{signature}",
    headers: { "x-shopify-topic": "{event}", "x-shopify-webhook-id": "{id}" },
  },
  svix: {
    ...{ ...hexOfBody, encoding: "base64", key: "decoded" },
    header: "svix-signature",
    content: "{id}.{timestamp}.{body}",
    value: "v1,{signature}",
    separator: " v1,",
    headers: { "svix-id": "{id}", "svix-timestamp": "{timestamp}" },
  },
  hookdeck: {
    ...{ ...hexOfBody, encoding: "base64" },
    header: "x-hookdeck-signature",
    value: "{signature}",
  },
  convoy: {
    ...hexOfBody,
    header: "x-convoy-signature",
    content: "{timestamp},{body}",
    value: "t={timestamp},v1={signature}",
    separator: ",v1=",
  },
  outpost: {
    ...hexOfBody,
    header: "x-outpost-signature",
    value: "v0={signature}",
    separator: ",",
    headers: {
      "x-outpost-event-id": "{id}",
      "x-outpost-timestamp": "{time}",
      "x-outpost-topic": "{event}",
    },
  },
};

/** The recipe behind a signature, and the headers that go with it. */
export function recipeOf(signature: StoredSignature): Preset {
  if (!("scheme" in signature)) return { ...signature, headers: {} };
  return { ...presets[signature.scheme], until: signature.until };
}

/** Every header that a signature sets. */
export function headersOfSignature(signature: StoredSignature): string[] {
  const { header, headers } = recipeOf(signature);
  return [header, ...Object.keys(headers)];
}
