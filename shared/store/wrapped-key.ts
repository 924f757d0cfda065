import type { KMSClient } from "@aws-sdk/client-kms";
import { readEnv } from "../runtime/env.ts";
import { patientHandler } from "../runtime/patient-handler.ts";

const EncryptionContext = { purpose: "hookcast" };

/** A new data key, and the form of it that may be stored: only KMS can unwrap that. */
export async function generateKey(): Promise<{ key: Buffer; wrapped: string }> {
  const { GenerateDataKeyCommand } = await import("@aws-sdk/client-kms");
  const made = await (await kms()).send(
    new GenerateDataKeyCommand({ KeyId: keyId(), KeySpec: "AES_256", EncryptionContext }),
  );
  if (!made.Plaintext || !made.CiphertextBlob) throw new Error("KMS answered without a data key");
  const wrapped = Buffer.from(made.CiphertextBlob).toString("base64");
  return { key: Buffer.from(made.Plaintext), wrapped };
}

export async function unwrapKey(wrapped: string): Promise<Buffer> {
  const { DecryptCommand } = await import("@aws-sdk/client-kms");
  const CiphertextBlob = Buffer.from(wrapped, "base64");
  const { Plaintext } = await (await kms()).send(
    new DecryptCommand({ KeyId: keyId(), CiphertextBlob, EncryptionContext }),
  );
  if (!Plaintext) throw new Error("KMS answered without a plaintext");
  return Buffer.from(Plaintext);
}

let client: KMSClient | undefined;

/** Imported on first use: most environments of most functions never need it. */
async function kms(): Promise<KMSClient> {
  const { KMSClient } = await import("@aws-sdk/client-kms");
  client ??= new KMSClient({ maxAttempts: 3, requestHandler: patientHandler() });
  return client;
}

function keyId(): string {
  return readEnv("DATA_KEY_ID").DATA_KEY_ID;
}
