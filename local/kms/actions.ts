import { randomBytes } from "node:crypto";
import { keyArn } from "../aws/arn.ts";
import { AwsError } from "../aws/aws-error.ts";
import { DataKeyInput, DecryptInput, EncryptInput, parsedInput } from "./inputs.ts";
import { keyIdOf, seal, unseal } from "./seal.ts";

const dataKeyBytes = 32;

type Run = (master: Buffer, input: unknown) => object;

// A key exists by being named: all of them are the one master key, told apart by what is authenticated.
const actions: Record<string, Run> = {
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: (master, input) => {
    const { Plaintext: _, ...rest } = generateDataKey(master, input);
    return rest;
  },
  Encrypt: encrypt,
  Decrypt: decrypt,
};

export function run(master: Buffer, action: string, input: unknown): object {
  const known = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (known) return known(master, input);
  throw new AwsError("UnknownOperationException", `${action} is not supported`);
}

function generateDataKey(master: Buffer, input: unknown) {
  const { KeyId, EncryptionContext } = parsedInput(DataKeyInput, input);
  const dataKey = randomBytes(dataKeyBytes);
  return {
    CiphertextBlob: seal(master, KeyId, dataKey, EncryptionContext).toString("base64"),
    Plaintext: dataKey.toString("base64"),
    KeyId: keyArn(KeyId),
  };
}

function encrypt(master: Buffer, input: unknown): object {
  const { KeyId, Plaintext, EncryptionContext } = parsedInput(EncryptInput, input);
  return {
    CiphertextBlob: seal(master, KeyId, Plaintext, EncryptionContext).toString("base64"),
    KeyId: keyArn(KeyId),
    EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
}

function decrypt(master: Buffer, input: unknown): object {
  const { KeyId, CiphertextBlob, EncryptionContext } = parsedInput(DecryptInput, input);
  const keyId = keyIdOf(CiphertextBlob);
  if (KeyId !== undefined && KeyId !== keyId) {
    throw new AwsError(
      "IncorrectKeyException",
      "The key ID in the request does not identify a key that can decrypt the ciphertext",
    );
  }
  return {
    Plaintext: unseal(master, CiphertextBlob, EncryptionContext).toString("base64"),
    KeyId: keyArn(keyId),
    EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
}
