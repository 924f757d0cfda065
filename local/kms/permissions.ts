import * as z from "zod/mini";
import { keyArn } from "../aws/arn.ts";
import type { Permission } from "../aws/permission.ts";
import { DecryptInput, KeyId, parsedInput } from "./inputs.ts";
import { keyIdOf } from "./seal.ts";

const KeyInput = z.object({ KeyId });

/** A decryption touches the key that the blob names, asked for or not. */
export function permissionsOf(action: string, input: unknown): Permission[] {
  const keyId =
    action === "Decrypt"
      ? keyIdOf(parsedInput(DecryptInput, input).CiphertextBlob)
      : parsedInput(KeyInput, input).KeyId;
  return [{ action: `kms:${action}`, resource: keyArn(keyId) }];
}
