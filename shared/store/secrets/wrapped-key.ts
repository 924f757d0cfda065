import { kms } from "../../aws/kms.ts";
import { readEnv } from "../../runtime/env.ts";

const EncryptionContext = { purpose: "hookcast" };

/** A new data key, and the form of it that may be stored: only KMS can unwrap that. */
export async function generateKey(): Promise<{ key: Buffer; wrapped: string }> {
  const made = await kms.call("GenerateDataKey", {
    KeyId: keyId(),
    KeySpec: "AES_256",
    EncryptionContext,
  });
  if (!made.Plaintext || !made.CiphertextBlob) throw new Error("KMS answered without a data key");
  const wrapped = Buffer.from(made.CiphertextBlob).toString("base64");
  return { key: Buffer.from(made.Plaintext), wrapped };
}

export async function unwrapKey(wrapped: string): Promise<Buffer> {
  const CiphertextBlob = Buffer.from(wrapped, "base64");
  const { Plaintext } = await kms.call("Decrypt", {
    KeyId: keyId(),
    CiphertextBlob,
    EncryptionContext,
  });
  if (!Plaintext) throw new Error("KMS answered without a plaintext");
  return Buffer.from(Plaintext);
}

function keyId(): string {
  return readEnv("DATA_KEY_ID").DATA_KEY_ID;
}
