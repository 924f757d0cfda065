import * as z from "zod/mini";
import { keyArn } from "../aws/arn.ts";
import type { Permission } from "../aws/permission.ts";
import { DecryptInput, EncryptionContext, KeyId, parsedInput } from "./inputs.ts";
import { keyIdOf } from "./seal.ts";

const KeyInput = z.object({ KeyId });
const Purpose = z.object({ EncryptionContext });

/** A decryption touches the key that the blob names, asked for or not. */
export function permissionsOf(action: string, input: unknown): Permission[] {
  const keyId =
    action === "Decrypt"
      ? keyIdOf(parsedInput(DecryptInput, input).CiphertextBlob)
      : parsedInput(KeyInput, input).KeyId;
  const { EncryptionContext } = parsedInput(Purpose, input);
  const context = Object.fromEntries(
    Object.entries(EncryptionContext).map(([name, value]) => [
      `kms:EncryptionContext:${name}`,
      [value],
    ]),
  );
  return [{ action: `kms:${action}`, resource: keyArn(keyId), context }];
}
