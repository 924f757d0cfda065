import * as z from "zod/mini";
import { Url } from "../webhook.ts";

/** Stands for every secret that is stored, wherever a webhook is shown, and sent back it keeps that. */
const hiddenSecret = "•••";

const maxSecretCharacters = 4_096;

/** What a pattern means here: also without lone surrogates, which no table holds and not all languages' patterns can name. */
function wellFormed(pattern: string): RegExp {
  return new RegExp(`^(?!.*\\p{Cs})${pattern.slice(1)}`, "u");
}

/** Text without control characters. */
function textOf(what: string, most: number, legal = "[^\\x00-\\x1f\\x7f]") {
  const pattern = `^${legal}+$`;
  const rule = `must be 1 to ${most} legal characters`;
  return z
    .string()
    .check(
      z.regex(wellFormed(pattern), rule),
      z.maxLength(most, rule),
      z.meta({ description: what, pattern, examples: ["hookcast"] }),
    );
}

/** What a request can carry, or what stands for what is stored. */
function secretOf(what: string, legal: string) {
  // Go and others read no repetition of more than a thousand.
  const pattern = `^(${hiddenSecret}|${legal}+)$`;
  const rule = `must be 1 to ${maxSecretCharacters} legal characters, or ${hiddenSecret} to keep the stored one`;
  return z
    .string()
    .check(
      z.regex(wellFormed(pattern), rule),
      z.maxLength(maxSecretCharacters, rule),
      z.meta({ description: `${what} Shown as \`${hiddenSecret}\`, which keeps it.`, pattern }),
    );
}

const printable = "[^\\x00-\\x1f\\x7f]";
const visible = "[\\x21-\\x7e]";

const BasicAuth = z
  .strictObject({
    type: z.literal("basic"),
    username: textOf("The user, without a colon.", 256, "[^\\x00-\\x1f\\x7f:]"),
    password: secretOf("The password.", printable),
  })
  .check(z.meta({ id: "BasicAuth", description: "HTTP basic authentication (RFC 7617)." }));

const BearerAuth = z
  .strictObject({
    type: z.literal("bearer"),
    token: secretOf("The token: visible ASCII characters.", visible),
  })
  .check(z.meta({ id: "BearerAuth", description: "A fixed bearer token (RFC 6750)." }));

const ClientAuthentication = z
  .enum(["basic", "post"])
  .check(
    z.describe(
      "How the client identifies itself to the token endpoint: by a header (`basic`, default), or in the body (`post`).",
    ),
  );

const OAuth2Auth = z
  .strictObject({
    type: z.literal("oauth2"),
    tokenUrl: Url,
    clientId: textOf("The client's id.", 256),
    clientSecret: secretOf("The client's secret.", printable),
    scope: z.optional(
      z.string().check(
        z.regex(
          /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/,
          "must be scopes with a space between two",
        ),
        z.maxLength(1_024, "must have at most 1024 characters"),
        z.meta({
          description: "The scopes to ask for, separated by spaces.",
          examples: ["hooks"],
        }),
      ),
    ),
    audience: z.optional(textOf("The audience to ask for, where the server has several.", 1_024)),
    clientAuthentication: z.optional(ClientAuthentication),
  })
  .check(
    z.meta({
      id: "OAuth2Auth",
      description: "An access token of OAuth 2.0 client credentials (RFC 6749, section 4.4).",
    }),
  );

/** What authorizes deliveries at their receiver: the `authorization` header. */
export const DestinationAuth = z
  .discriminatedUnion("type", [BasicAuth, BearerAuth, OAuth2Auth])
  .check(
    z.meta({
      id: "DestinationAuth",
      description: "What authorizes deliveries at their receiver: their `authorization` header.",
      examples: [{ type: "bearer", token: "c2VjcmV0" }],
    }),
  );
export type DestinationAuth = z.infer<typeof DestinationAuth>;
