import * as z from "zod/mini";
import { AwsError } from "../aws/aws-error.ts";

const maxPlaintextBytes = 4096;

export const EncryptionContext = z._default(z.record(z.string(), z.string()), {});

/** A key is named by its id or by its ARN. */
export const KeyId = z.pipe(
  z.string().check(z.regex(/^(arn:aws:kms:[^/]+:key\/)?[\w-]{1,255}$/)),
  z.transform((name: string) => name.slice(name.indexOf("/") + 1)),
);

const Blob = z.pipe(
  z.base64(),
  z.transform((text) => Buffer.from(text, "base64")),
);

export const DataKeyInput = z.object({ KeyId, KeySpec: z.literal("AES_256"), EncryptionContext });

export const EncryptInput = z.object({
  KeyId,
  Plaintext: Blob.check(
    z.refine(({ length }) => length >= 1 && length <= maxPlaintextBytes, "1 to 4096 bytes"),
  ),
  EncryptionContext,
});

export const DecryptInput = z.object({
  KeyId: z.optional(KeyId),
  CiphertextBlob: Blob,
  EncryptionContext,
});

export function parsedInput<S extends z.ZodMiniType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AwsError("ValidationException", z.prettifyError(result.error));
}
