import type { KMSClient } from "@aws-sdk/client-kms";
import * as z from "zod/mini";
import { readEnv } from "../runtime/env.ts";
import { patientHandler } from "../runtime/patient-handler.ts";
import { keys } from "./keys.ts";
import { openTable, type Table } from "./table.ts";

/** The number of the data key that seals; older numbers still open what they sealed. */
export const currentKeyNumber = 1;

const WrappedKey = z.object({ wrapped: z.string() });
const EncryptionContext = { purpose: "hookcast" };

const unwrapped = new Map<number, Promise<Buffer>>();

/**
 * The data key of that number, unwrapped by KMS once an environment: a Decrypt per delivery would cost
 * more than the rest of it. The wrapped key lives in the webhooks table and is made by whoever first seals.
 */
export function dataKey(keyNumber: number): Promise<Buffer> {
  const known = unwrapped.get(keyNumber);
  if (known) return known;
  const table = openTable(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  const opened = loadOrMake(table, keyNumber);
  unwrapped.set(keyNumber, opened);
  opened.catch(() => unwrapped.delete(keyNumber));
  return opened;
}

async function loadOrMake(table: Table, keyNumber: number): Promise<Buffer> {
  const row = await table.get(keys.dataKey(keyNumber));
  if (row) return unwrap(z.parse(WrappedKey, row).wrapped);
  if (keyNumber !== currentKeyNumber) throw new Error(`data key ${keyNumber} does not exist`);
  return make(table, keyNumber);
}

async function make(table: Table, keyNumber: number): Promise<Buffer> {
  const { GenerateDataKeyCommand } = await import("@aws-sdk/client-kms");
  const made = await (await kms()).send(
    new GenerateDataKeyCommand({ KeyId: keyId(), KeySpec: "AES_256", EncryptionContext }),
  );
  if (!made.Plaintext || !made.CiphertextBlob) throw new Error("KMS answered without a data key");
  const wrapped = Buffer.from(made.CiphertextBlob).toString("base64");
  const row = { ...keys.dataKey(keyNumber), v: 1, wrapped };
  const first = await table.put(row, { text: "attribute_not_exists(pk)" });
  return first ? unwrap(z.parse(WrappedKey, first).wrapped) : Buffer.from(made.Plaintext);
}

async function unwrap(wrapped: string): Promise<Buffer> {
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
