import * as z from "zod/mini";

/** Stands for the private key that is stored, wherever a webhook is shown, and sent back it keeps that. */
const hiddenKey = "•••";

/** A chain of three RSA certificates takes a third of it. */
const maxPemCharacters = 16_384;

/** Text of printable ASCII and line breaks; what it holds is looked at where certificates can be read. */
const pem = "[\\t\\n\\r\\x20-\\x7e]";

function pemOf(what: string) {
  const pattern = `^${pem}+$`;
  const rule = `must be 1 to ${maxPemCharacters} characters of PEM`;
  return z
    .string()
    .check(
      z.regex(new RegExp(pattern), rule),
      z.maxLength(maxPemCharacters, rule),
      z.meta({ description: what, pattern }),
    );
}

const privateKeyPattern = `^(${hiddenKey}|${pem}+)$`;
const privateKeyRule = `must be 1 to ${maxPemCharacters} characters of PEM, or ${hiddenKey} to keep the stored one`;

/** What identifies deliveries to a receiver that asks for a client certificate in the TLS handshake. */
export const ClientCertificate = z
  .strictObject({
    certificatePem: pemOf(
      "The certificate in PEM, followed by its intermediate certificates, if it has any. Each must be valid now.",
    ),
    privateKeyPem: z.string().check(
      z.regex(new RegExp(privateKeyPattern), privateKeyRule),
      z.maxLength(maxPemCharacters, privateKeyRule),
      z.meta({
        description: `The private key of the certificate in PEM, without a passphrase. Shown as \`${hiddenKey}\`, which keeps it.`,
        pattern: privateKeyPattern,
      }),
    ),
    caPem: z.optional(
      pemOf(
        "The authorities, in PEM, that the receiver's own certificate must come from. Each must be valid now. If absent, the public ones.",
      ),
    ),
  })
  .check(
    z.meta({
      id: "ClientCertificate",
      description:
        "The client certificate of deliveries, for receivers that ask for one (mutual TLS).",
    }),
  );
export type ClientCertificate = z.infer<typeof ClientCertificate>;
