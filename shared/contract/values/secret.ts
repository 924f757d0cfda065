import * as z from "zod/mini";

export const secretRule = "must be whsec_ and the base64 of 16 to 75 bytes";

/** Four characters for three bytes, without spare bits that are set: other languages' decoders refuse those. */
const base64 =
  "(?:[A-Za-z0-9+/]{4}){5,24}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)";

/** `whsec_` and the canonical base64 of 16 to 75 bytes. */
export const SecretString = z
  .string()
  .check(
    z.regex(new RegExp(`^whsec_${base64}$`), secretRule),
    z.describe(
      "The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes.",
    ),
  );

/** What receivers of other services hold: any text, where no signature needs bytes that are decoded from it. */
export const AnySecret = z
  .string()
  .check(
    z.regex(
      /^[\x21-\x7e][\x20-\x7e]{6,254}[\x21-\x7e]$/,
      `${secretRule}, or with \`standardSignature\` false any 8 to 256 visible characters`,
    ),
    z.describe(
      "The secret that deliveries are signed with: `whsec_` and the base64 of 16 to 75 bytes. With `config.standardSignature` false, and no signature that decodes it, any 8 to 256 visible characters.",
    ),
  );
