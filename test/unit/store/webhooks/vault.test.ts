import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { CallRecord } from "../../../../local/aws/server.ts";
import { startKms } from "../../../../local/kms/start.ts";
import { type Vault, withHeaderNames } from "../../../../shared/store/secrets/vault.ts";
import { openToAll } from "../../../support/service/engine-access.ts";
import { webhookWith } from "../../samples.ts";
import { startTables } from "../embedded-tables.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const other = "whk_01JDB2Q5V8K3M4N6P7R8S9TAVX";
const { webhookId } = webhookWith();

let folder: string;
let kms: Awaited<ReturnType<typeof startKms>>;
let tables: AsyncDisposable;
let isKmsAllowed = true;
let calls: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hookcast-kms-"));
  kms = await startKms({
    keyFile: join(folder, "key"),
    ...openToAll,
    authorize: () => isKmsAllowed,
    onCall: ({ action }: CallRecord) => calls.push(action),
  });
  process.env.AWS_ENDPOINT_URL_KMS = kms.url;
  process.env.DATA_KEY_ID = "data-key";
});
afterAll(async () => {
  await kms.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  calls = [];
  tables = await startTables();
});
afterEach(() => tables[Symbol.asyncDispose]());

let environments = 0;

/** A vault with nothing in memory yet, as in a Lambda environment of its own. */
async function newEnvironment(): Promise<Vault> {
  environments += 1;
  const path = `../../../../shared/store/secrets/vault.ts?environment=${environments}`;
  const { openVault }: typeof import("../../../../shared/store/secrets/vault.ts") = await import(
    path
  );
  return openVault();
}

test("opens the secret that it sealed, in any environment, and shows nothing of it", async () => {
  const sealedSecret = await (await newEnvironment()).sealSecret(webhookId, secret);
  expect(sealedSecret).not.toContain(secret.slice("whsec_".length));
  const vault = await newEnvironment();
  expect((await vault.secretOf(webhookWith({ sealedSecret }))).reveal()).toBe(secret);
  expect(calls).toEqual(["GenerateDataKey", "Decrypt"]);
});

test("opens headers that may not be set any more", async () => {
  const vault = await newEnvironment();
  const headers = { via: "1.1 gateway", "X-Real-IP": "192.0.2.1", authorization: "Bearer a" };
  const { sealedHeaders } = await vault.sealHeaders(webhookId, headers);
  expect(await vault.headersOf(webhookWith({ sealedHeaders }))).toEqual(headers);
});

test("what it opens shows nothing of itself unless it is asked to", async () => {
  const vault = await newEnvironment();
  const sealedSecret = await vault.sealSecret(webhookId, secret);
  const opened = await vault.secretOf(webhookWith({ sealedSecret }));
  expect([`${opened}`, JSON.stringify({ opened })]).toEqual(["[secret]", '{"opened":"[secret]"}']);
});

test("asks KMS once in an environment, however many secrets it seals and opens at once", async () => {
  const vault = await newEnvironment();
  const sealed = await Promise.all([1, 2, 3].map(() => vault.sealSecret(webhookId, secret)));
  expect(new Set(sealed).size).toBe(3);
  await Promise.all(sealed.map((sealedSecret) => vault.secretOf(webhookWith({ sealedSecret }))));
  expect(calls).toEqual(["GenerateDataKey"]);
});

test("agrees on one data key when two environments seal for the first time at once", async () => {
  const [one, two] = [await newEnvironment(), await newEnvironment()];
  const sealed = await Promise.all([one, two].map((vault) => vault.sealSecret(webhookId, secret)));
  for (const vault of [one, two, await newEnvironment()]) {
    for (const sealedSecret of sealed) {
      expect((await vault.secretOf(webhookWith({ sealedSecret }))).reveal()).toBe(secret);
    }
  }
});

test("does not open a secret under another webhook, nor headers as a secret", async () => {
  const vault = await newEnvironment();
  const sealedSecret = await vault.sealSecret(webhookId, secret);
  const { sealedHeaders } = await vault.sealHeaders(webhookId, { a: "1" });
  await expect(vault.secretOf(webhookWith({ webhookId: other, sealedSecret }))).rejects.toThrow();
  await expect(vault.headersOf(webhookWith({ webhookId: other, sealedHeaders }))).rejects.toThrow();
  await expect(
    vault.secretOf(webhookWith({ sealedSecret: sealedHeaders ?? "" })),
  ).rejects.toThrow();
  await expect(vault.headersOf(webhookWith({ sealedHeaders: sealedSecret }))).rejects.toThrow();
});

test("seals headers as they are, and none as nothing", async () => {
  const vault = await newEnvironment();
  const headers = { "X-Token": "abc", b: "2" };
  const { sealedHeaders, headerNames } = await vault.sealHeaders(webhookId, headers);
  expect(await vault.headersOf(webhookWith({ sealedHeaders }))).toEqual(headers);
  expect(headerNames).toEqual(["X-Token", "b"]);
  const none = { sealedHeaders: undefined, headerNames: [] };
  expect(await vault.sealHeaders(webhookId, {})).toEqual(none);
  expect(await vault.headersOf(webhookWith())).toEqual({});
});

test("tells the names of headers that an earlier version sealed, and asks for none that are known", async () => {
  const vault = await newEnvironment();
  const { sealedHeaders } = await vault.sealHeaders(webhookId, { "X-Token": "abc" });
  const old = webhookWith({ sealedHeaders });
  expect(await withHeaderNames(old, vault)).toEqual({ ...old, headerNames: ["X-Token"] });
  const known = webhookWith({ sealedHeaders: "not to be opened", headerNames: ["a"] });
  expect(await withHeaderNames(known, vault)).toBe(known);
});

test("opens the previous secret where there is one", async () => {
  const vault = await newEnvironment();
  const sealedPreviousSecret = await vault.sealSecret(webhookId, secret);
  expect((await vault.previousSecretOf(webhookWith({ sealedPreviousSecret })))?.reveal()).toBe(
    secret,
  );
  expect(await vault.previousSecretOf(webhookWith())).toBeUndefined();
});

test("asks KMS again after it refused", async () => {
  const vault = await newEnvironment();
  isKmsAllowed = false;
  await expect(vault.sealSecret(webhookId, secret)).rejects.toThrow(/not authorized/);
  isKmsAllowed = true;
  await expect(vault.sealSecret(webhookId, secret)).resolves.toMatch(/^1\.1\./);
});

test("does not make up a data key that a sealed text names but nobody has", async () => {
  const vault = await newEnvironment();
  const sealedSecret = (await vault.sealSecret(webhookId, secret)).replace("1.1.", "1.2.");
  await expect(vault.secretOf(webhookWith({ sealedSecret }))).rejects.toThrow(
    "data key 2 does not exist",
  );
});
