import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AwsError } from "../aws/aws-error.ts";

/** Names and values that must be the same when a blob is opened. */
export type EncryptionContext = Record<string, string>;

const ALGORITHM = "aes-256-gcm";
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FRAME_BYTES = 2;

/** version, length of key id, key id, nonce, tag, ciphertext. */
export function seal(
  master: Buffer,
  keyId: string,
  plaintext: Buffer,
  context: EncryptionContext,
): Buffer {
  const id = Buffer.from(keyId);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, master, nonce);
  cipher.setAAD(associatedData(keyId, context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const frame = Buffer.from([VERSION, id.length]);
  return Buffer.concat([frame, id, nonce, cipher.getAuthTag(), ciphertext]);
}

export function unseal(master: Buffer, blob: Buffer, context: EncryptionContext): Buffer {
  const keyId = keyIdOf(blob);
  const sealed = blob.subarray(FRAME_BYTES + Buffer.byteLength(keyId));
  try {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv(ALGORITHM, master, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(associatedData(keyId, context));
    decipher.setAuthTag(tag);
    const ciphertext = sealed.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

/** The key that a blob names; whether it tells the truth shows when it is opened. */
export function keyIdOf(blob: Buffer): string {
  const [version, length] = blob;
  if (version !== VERSION || length === undefined) throw invalidCiphertext();
  return blob.toString("utf8", FRAME_BYTES, FRAME_BYTES + length);
}

/** Like AWS, no word on what was wrong. */
function invalidCiphertext(): AwsError {
  return new AwsError("InvalidCiphertextException", "");
}

function associatedData(keyId: string, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.from(JSON.stringify([keyId, pairs]));
}
