import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { standardSignature } from "../../../shared/domain/requests/signatures.ts";
import { isSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";

const secrets = fc
  .uint8Array({ minLength: 24, maxLength: 64 })
  .map((key) => `whsec_${Buffer.from(key).toString("base64")}`);

test("agrees with an independent implementation for every secret and text", () => {
  const ids = fc.string({ unit: "grapheme-ascii", minLength: 1 });
  fc.assert(
    fc.property(
      secrets,
      ids,
      fc.nat(),
      fc.string({ unit: "grapheme" }),
      (secret, id, seconds, text) => {
        expect(isSecret(secret)).toBe(true);
        const body = Buffer.from(text);
        const signature = standardSignature({
          secrets: [secret],
          id,
          timestampSeconds: seconds,
          body,
        });
        expect(signature).toBe(new Webhook(secret).sign(id, new Date(seconds * 1000), text));
      },
    ),
  );
});
