import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AwsError } from "../aws/aws-error.ts";

/** Names and values that must be the same when a blob is opened. */
export type EncryptionContext = Record<string, string>;

const algorithm = "aes-256-gcm";
const formatVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;
const frameBytes = 2;

/** version, length of key id, key id, nonce, tag, ciphertext. */
export function seal(
  master: Buffer,
  keyId: string,
  plaintext: Buffer,
  context: EncryptionContext,
): Buffer {
  const id = Buffer.from(keyId);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, master, nonce);
  cipher.setAAD(associatedData(keyId, context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const frame = Buffer.from([formatVersion, id.length]);
  return Buffer.concat([frame, id, nonce, cipher.getAuthTag(), ciphertext]);
}

export function unseal(master: Buffer, blob: Buffer, context: EncryptionContext): Buffer {
  const keyId = keyIdOf(blob);
  const sealed = blob.subarray(frameBytes + Buffer.byteLength(keyId));
  try {
    const nonce = sealed.subarray(0, nonceBytes);
    const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
    const decipher = createDecipheriv(algorithm, master, nonce, { authTagLength: tagBytes });
    decipher.setAAD(associatedData(keyId, context));
    decipher.setAuthTag(tag);
    const ciphertext = sealed.subarray(nonceBytes + tagBytes);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

/** The key that a blob names; whether it tells the truth shows when it is opened. */
export function keyIdOf(blob: Buffer): string {
  const [version, length] = blob;
  if (version !== formatVersion || length === undefined) throw invalidCiphertext();
  return blob.toString("utf8", frameBytes, frameBytes + length);
}

/** Like AWS, no word on what was wrong. */
function invalidCiphertext(): AwsError {
  return new AwsError("InvalidCiphertextException", "");
}

function associatedData(keyId: string, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.from(JSON.stringify([keyId, pairs]));
}
