import { stat } from "node:fs/promises";
import { join } from "node:path";
import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  KMSClient,
} from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startKms } from "../../local/kms/start.ts";
import { openToAll } from "../support/service/engine-access.ts";
import { clientConfig } from "./credentials.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";

const otherEmulator = process.env.CONFORMANCE_KMS_URL;
const KeyId = process.env.CONFORMANCE_KMS_KEY ?? "arn:aws:kms:us-east-1:000000000000:key/DataKey";
const EncryptionContext = { purpose: "hookcast", kind: "data key" };

let folder: TemporaryFolder;
let client: KMSClient;
let close: () => Promise<void> = async () => {};

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  await open();
});
afterAll(async () => {
  client.destroy();
  await close();
  await folder.remove();
});

async function open() {
  if (otherEmulator) {
    client = new KMSClient(clientConfig(otherEmulator));
    return;
  }
  const kms = await startKms({ keyFile: join(folder.path, "kms.key"), ...openToAll });
  client = new KMSClient(clientConfig(kms.url));
  close = kms.close;
}

const decrypt = (CiphertextBlob: Uint8Array | undefined, context: Record<string, string>) =>
  client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));

test("opens a data key only with the context it was made with", async () => {
  const made = await client.send(
    new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", EncryptionContext }),
  );
  expect(made.Plaintext).toHaveLength(32);
  expect(made.KeyId).toBe(KeyId);
  const { kind, purpose } = EncryptionContext;
  const opened = await decrypt(made.CiphertextBlob, { kind, purpose });
  expect(opened.Plaintext).toEqual(made.Plaintext);
  expect(opened.KeyId).toBe(KeyId);
  const others: Record<string, string>[] = [{}, { purpose }, { ...EncryptionContext, more: "" }];
  for (const context of others) {
    await expect(decrypt(made.CiphertextBlob, context)).rejects.toMatchObject({
      name: "InvalidCiphertextException",
    });
  }
});

test("makes a different data key every time and can keep it to itself", async () => {
  const make = () =>
    client.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, KeySpec: "AES_256" }));
  const [one, other] = [await make(), await make()];
  expect(one).not.toHaveProperty("Plaintext");
  const plaintexts = await Promise.all([
    decrypt(one.CiphertextBlob, {}),
    decrypt(other.CiphertextBlob, {}),
  ]);
  expect(plaintexts[0].Plaintext).not.toEqual(plaintexts[1].Plaintext);
});

test("encrypts up to 4 KiB and notices every changed byte", async () => {
  const Plaintext = crypto.getRandomValues(new Uint8Array(4096));
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId, Plaintext }));
  expect((await decrypt(CiphertextBlob, {})).Plaintext).toEqual(Plaintext);
  for (const at of [0, 1, 5, 20, 40, -1]) {
    const changed = Uint8Array.from(CiphertextBlob ?? []);
    const index = at < 0 ? changed.length + at : at;
    changed[index] = (changed[index] ?? 0) ^ 1;
    await expect(decrypt(changed, {})).rejects.toMatchObject({
      name: "InvalidCiphertextException",
    });
  }
  const tooLong = new EncryptCommand({ KeyId, Plaintext: new Uint8Array(4097) });
  await expect(client.send(tooLong)).rejects.toMatchObject({ name: "ValidationException" });
});

test("opens after a restart what it sealed before, with a key file for its owner only", async ({
  skip,
}) => {
  if (otherEmulator) return skip("needs to restart the embedded engine");
  const made = await client.send(
    new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", EncryptionContext }),
  );
  client.destroy();
  await close();
  await open();
  const opened = await decrypt(made.CiphertextBlob, EncryptionContext);
  expect(opened.Plaintext).toEqual(made.Plaintext);
  const { mode } = await stat(join(folder.path, "kms.key"));
  expect(mode & 0o777).toBe(0o600);
});
