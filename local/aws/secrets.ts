import { createHmac, createSecretKey, randomBytes } from "node:crypto";

/** The secret with which a principal signs. */
export type SecretOf = (accessKeyId: string) => string;

/** What a principal signs its calls with. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** At random for each run: nobody has it but this process. */
export function createRunSecret(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}

const maxKnown = 1_000;

/** Every principal's own secret, made of the run's; none of them tells anything of another. */
export function secretsOf(runSecret: Uint8Array): SecretOf {
  const key = createSecretKey(runSecret);
  const known = new Map<string, string>();
  return (accessKeyId) => {
    const secret =
      known.get(accessKeyId) ?? createHmac("sha256", key).update(accessKeyId).digest("base64url");
    // Whoever calls may claim to be anybody.
    if (known.size >= maxKnown) known.clear();
    known.set(accessKeyId, secret);
    return secret;
  };
}
